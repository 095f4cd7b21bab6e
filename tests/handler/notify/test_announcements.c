/* Announcements to institutions: the scheme's outline is distributed and that is recorded (U-22); a unified method reaches every institution
 * of all member municipalities, with a receipt rate for each (KU-05). */
#include "region.h"

#define OUTLINE ALERT ("b1")
#define METHOD ALERT ("b2")
#define PAPER_OFFICE ID ("19")
#define FAX_OFFICE ID ("1a")

static const int64_t day = 24 * 3600;
static const char *const own_town[] = { TOWN }, *const both_towns[] = { TOWN, ELSEWHERE };
static const int medical_and_managers[] = { ANNOUNCEMENT_READER_MEDICAL, ANNOUNCEMENT_READER_CARE_MANAGEMENT };

static struct announcement_send outline (void)
{
    return (struct announcement_send) { .announcement_id = OUTLINE, .kind = ANNOUNCEMENT_KIND_SCHEME_OUTLINE, .title = "急変時の仕組みの概要",
        .text = "急変のときは当番医へ知らせます。", .municipalities = { .items = own_town, .count = 1 },
        .readers = { .items = medical_and_managers, .count = 2 } };
}

static struct announcement_send method (void)
{
    return (struct announcement_send) { .announcement_id = METHOD, .kind = ANNOUNCEMENT_KIND_UNIFIED_METHOD, .title = "情報共有の統一",
        .text = "共有シートを使います。", .municipalities = { .items = both_towns, .count = 2 } };
}

static void as_officer (struct region *region) { act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (ROLE_MUNICIPAL_OFFICER)); }

static const char *refused_at (struct region *region, const char *message, const void *in)
{
    static char text[200];

    if (call (region, message, in, NULL) == 0)
        return "accepted";
    snprintf (text, sizeof text, "%s %s", error_name_of (&region->err), region->err.field_count ? region->err.fields[0].pointer : "");
    return text;
}

static void run_job (struct region *region)
{
    for (int i = 0; i < 4; i++)
        if (harness_job (region->harness, "announcements", &region->err) < 0)
            note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static struct announcement_list_answer list (struct region *region)
{
    struct announcement_list_answer answer = { 0 };

    if (call (region, "announcement_list", &(struct announcement_list) { 0 }, &answer) < 0)
        note ("%s", region->err.detail);
    return answer;
}

static struct announcement_answer view (struct region *region, const char *id, const char *town, bool outstanding)
{
    struct announcement_answer answer = { 0 };
    const struct announcement query = { .announcement_id = id, .municipality = town, .has_outstanding = true, .outstanding = outstanding };

    if (call (region, "announcement", &query, &answer) < 0)
        note ("%s", region->err.detail);
    return answer;
}

static const char *receive (struct region *region, const char *id)
{
    return refused (region, "announcement_receive", &(struct announcement_receive) { .announcement_id = id });
}

static void test_wrong_ones (struct region *region)
{
    static const int dental[] = { ANNOUNCEMENT_READER_DENTAL };
    struct announcement_send message = outline ();

    as_officer (region);
    message.title = "　";
    is (refused_at (region, "announcement_send", &message), "text_empty /title", "U-22 a title of white space is none");
    message = outline ();
    message.text = " ";
    is (refused_at (region, "announcement_send", &message), "text_empty /text", "U-22 ...and so is a text");
    message = outline ();
    message.municipalities.count = 0;
    is (refused_at (region, "announcement_send", &message), "field_missing /municipalities", "U-22 to no municipality");
    message = outline ();
    message.readers = (struct enum_list) { .items = dental, .count = 1 };
    is (refused_at (region, "announcement_send", &message), "nobody_receives /readers", "U-22 to a kind there is none of");
    message = method ();
    is (refused_at (region, "announcement_send", &message), "not_for_role /municipalities/1", "KU-05 without an agreement not to the neighbour");
    message = outline ();
    as_doctor (region);
    is (refused (region, "announcement_send", &message), "not_for_role", "U-22 a doctor sends none");
    as_rota_clerk (region);
    is (refused (region, "announcement_send", &message), "not_for_role", "...nor the rota office");
    is_number (number (region, "select count(*) from announcement"), 0, "U-22 what was refused has left nothing");
}

static void test_outline (struct region *region)
{
    struct announcement_send message = outline ();
    struct announcement_sent sent = { 0 };
    struct announcement_list_answer lines;

    as_officer (region);
    is_number (call (region, "announcement_send", &message, &sent), 0, "U-22 the scheme's outline is sent");
    ok (sent.offices == 3 && sent.application == 3 && sent.fax == 0 && sent.by_hand == 0, "U-22 to clinics and care managers, and to nobody else");
    is (text (region, "select string_agg (office, ' ' order by office collate \"C\") from announcement_office"), "ひまわり居宅介護支援 若葉医院 青葉クリニック",
        "U-22 each institution is recorded with it");
    is (refused (region, "announcement_send", &message), "already_there", "U-22 the same one a second time is refused");
    is_number (number (region, "select count(*) from announcement_office"), 3, "...and leaves nothing");
    is_number (number (region, "select count(*) from feed where kind = 33"), 0, "the command itself writes no feeds");
    run_job (region);
    is (text (region, "select string_agg (right (person_id::text, 2), ' ' order by person_id) from feed where kind = 33"), "02 03 04",
        "U-22 everybody of them has one notice in the application");
    is_number (number (region, "select count(*) from delivery where kind = 2 and lane = 4 and text like '%急変時の仕組みの概要%'"), 2,
               "U-22 ...and an e-mail, whoever has an address");
    is_number (number (region, "select count(*) from delivery where text like '%" PLANTED_NAME "%'"), 0, "N-58 which names nobody");
    run_job (region);
    is_number (number (region, "select count(*) from feed where kind = 33"), 3, "U-22 nobody is told twice");
    as_doctor (region);
    lines = list (region);
    ok (lines.announcements.count == 1 && lines.announcements.items[0].mine && !lines.announcements.items[0].has_received_at
            && !lines.announcements.items[0].manages && !lines.announcements.items[0].has_offices && lines.reach.count == 0,
        "U-22 the clinic finds it unread, without anybody else's receipts");
    is (view (region, OUTLINE, NULL, false).text, message.text, "U-22 ...and reads it");
    is_number (view (region, OUTLINE, NULL, false).offices.count, 0, "...itself alone");
}

static void test_receipt (struct region *region)
{
    struct announcement_receipt first = { 0 }, second = { 0 };
    const struct announcement_receive message = { .announcement_id = OUTLINE };

    as_doctor (region);
    is_number (call (region, "announcement_receive", &message, &first), 0, "U-22 a doctor confirms for the clinic");
    forward (region, 60);
    act_as (region, COLLEAGUE, CLINIC, TOWN, ROLE_BIT (ROLE_CLINIC_PROXY));
    is_number (call (region, "announcement_receive", &message, &second), 0, "U-22 a colleague confirms once more");
    ok (first.received_at == second.received_at && strcmp (second.received_by, "青葉 三郎") == 0, "U-22 ...and has the first receipt as the answer");
    is_number (number (region, "select count(*) from announcement_office where received_at is not null"), 1, "U-22 ...one row, one receipt");
    is (text (region, "select received_by::text from announcement_office where received_at is not null"), DOCTOR, "U-22 ...of the first");
    as_nurse (region);
    is_number (list (region).announcements.count, 0, "a station it is not for sees nothing");
    is (receive (region, OUTLINE), "not_for_you", "...confirms nothing");
    is (refused (region, "announcement", &(struct announcement) { .announcement_id = OUTLINE }), "not_for_you", "...and reads nothing");
    as_foreigner (region);
    is_number (list (region).announcements.count, 0, "another municipality's clinic sees nothing");
    is (receive (region, OUTLINE), "not_for_you", "...nor confirms");
    is_number (harness_sees (region->harness, "select count(*) from announcement"), 0, "S-20 ...and the tables show it none");
    is_number (harness_sees (region->harness, "select count(*) from announcement_office"), 0, "S-20 ...nor any receipt");
    act_as (region, FOREIGNER, FOREIGN_OFFICE, ELSEWHERE, ROLE_BIT (ROLE_MUNICIPAL_OFFICER));
    is (refused (region, "announcement_remind", &(struct announcement_remind) { .announcement_id = OUTLINE }), "not_for_you",
        "another municipality's officer reminds nobody of it");
    harness_as (region->harness, &(struct harness_actor) { .person = DOCTOR, .municipality = TOWN, .roles = ROLE_BIT (ROLE_DOCTOR) });
    is (receive (region, OUTLINE), "not_for_you", "without an office nothing is confirmed");
}

static void add_neighbour (struct region *region)
{
    HEAR (region, "registry", agreement_changed, ID ("43"), TOWN, .agreement_id = ID ("43"), .giving = ELSEWHERE, .receiving = TOWN,
          .from = "2020-04-01");
    add_office (region, PAPER_OFFICE, "東町歯科", ELSEWHERE, "011-000-0019");
    add_office (region, FAX_OFFICE, "東町薬局", ELSEWHERE, NULL);
    harness_sql (region->harness, "insert into fax_number (office_id, number, state, test_code, set_by) values ('" FAX_OFFICE "', '011-000-0020', 3, 'x', '" NURSE "')");
}

static void is_rate (struct region *region, int town, int elsewhere, const char *says)
{
    struct announcement_list_answer answer;
    const struct announcement_line *line = NULL;

    as_officer (region);
    answer = list (region);
    for (size_t i = 0; i < answer.announcements.count; i++)
        if (strcmp (answer.announcements.items[i].announcement_id, METHOD) == 0)
            line = &answer.announcements.items[i];
    ok (line && line->areas.count == 2 && line->areas.items[0].percent == town && line->areas.items[1].percent == elsewhere, says);
}

static void test_method (struct region *region)
{
    struct announcement_send message = method ();
    struct announcement_sent sent = { 0 };
    struct announcement_list_answer lines;

    add_neighbour (region);
    as_officer (region);
    lines = list (region);
    ok (lines.reach.count == 2 && strcmp (lines.reach.items[0].municipality, TOWN) == 0 && lines.reach.items[1].offices == 3,
        "KU-05 the officer is offered the own municipality and the one with an agreement");
    is_number (call (region, "announcement_send", &message, &sent), 0, "KU-05 a unified method is announced in both");
    ok (sent.offices == 9 && sent.application == 7 && sent.fax == 1 && sent.by_hand == 1, "KU-05 to every institution, told in three ways");
    run_job (region);
    is_number (number (region, "select count(distinct person_id) from feed where kind = 33 and person_id in ('" NURSE "', '" COLLEAGUE "', '" FOREIGNER "')"), 3,
               "KU-05 people of both have a notice");
    is_number (number (region, "select count(*) from delivery where kind = 6 and address = '011-000-0020' and text like '%共有シートを使います。%'"), 1,
               "KU-05 an institution without people and with a FAX number has the text by FAX");
    is_rate (region, 0, 0, "KU-05 nobody has it yet");
    as_doctor (region);
    is (receive (region, METHOD), "accepted", "KU-05 a clinic here confirms");
    as_foreigner (region);
    is (view (region, METHOD, NULL, false).text, message.text, "KU-05 the neighbour's clinic reads it");
    is (receive (region, METHOD), "accepted", "KU-05 ...and confirms");
    is_number (harness_sees (region->harness, "select count(*) from announcement_office"), 1, "S-20 ...and sees its own receipt alone");
    is_rate (region, 16, 33, "KU-05 each municipality has a rate of its own");
}

static struct announcement_delivered handed (struct region *region, const char *office, int64_t days)
{
    static char date[11];

    day_number_text (tokyo_of (harness_now (region->harness)).day_number + days, date);
    return (struct announcement_delivered) { .announcement_id = METHOD, .office_id = office, .by = ANNOUNCEMENT_WAY_BY_HAND, .on = date };
}

static void test_delivered (struct region *region)
{
    struct announcement_delivered message = handed (region, PAPER_OFFICE, 1);
    struct announcement_answer answer;

    as_officer (region);
    is (refused_at (region, "announcement_delivered", &message), "field_out_of_range /on", "KU-05 nothing is handed over tomorrow");
    message = handed (region, PAPER_OFFICE, -1);
    is (refused_at (region, "announcement_delivered", &message), "field_out_of_range /on", "KU-05 ...nor before it was sent");
    message = handed (region, PAPER_OFFICE, 0);
    message.by = ANNOUNCEMENT_WAY_APPLICATION;
    is (refused_at (region, "announcement_delivered", &message), "field_unknown_choice /by", "KU-05 in the application people confirm themselves");
    message = handed (region, CLINIC, 0);
    is (refused_at (region, "announcement_delivered", &message), "already_there /office_id", "KU-05 who has confirmed needs no record");
    message = handed (region, ROTA_OFFICE, 0);
    is (refused (region, "announcement_delivered", &message), "not_for_you", "KU-05 an institution it is not for");
    message = handed (region, PAPER_OFFICE, 0);
    act_as (region, FOREIGNER, FOREIGN_OFFICE, ELSEWHERE, ROLE_BIT (ROLE_MUNICIPAL_OFFICER));
    is (refused (region, "announcement_delivered", &message), "not_for_you", "KU-05 only the sender's municipality writes it down");
    is_rate (region, 16, 33, "KU-05 what was refused counts nothing");
    is (refused (region, "announcement_delivered", &message), "accepted", "KU-05 the dentist was handed it");
    is (refused (region, "announcement_delivered", &message), "accepted", "KU-05 ...the same once more changes nothing");
    is_rate (region, 16, 66, "KU-05 ...and counts");
    answer = view (region, METHOD, NULL, true);
    ok (answer.offices.count == 6 && !answer.more, "KU-05 outstanding: five here, the pharmacy there");
    answer = view (region, METHOD, ELSEWHERE, false);
    ok (answer.offices.count == 3 && answer.offices.items[0].readers.count == 0 && answer.offices.items[0].way == ANNOUNCEMENT_WAY_FAX
            && answer.offices.items[0].fax_state == DELIVERY_STATE_PENDING && answer.announcement->offices == 9 && answer.announcement->received == 3,
        "KU-05 one municipality's institutions, outstanding first; an unknown kind is called unknown");
}

static void test_reminder (struct region *region)
{
    const struct announcement_remind message = { .announcement_id = METHOD };
    struct announcement_reminded answer = { 0 };

    as_officer (region);
    is_number (call (region, "announcement_remind", &message, &answer), 0, "KU-05 a reminder on the same day");
    is_number (answer.offices, 0, "KU-05 ...reaches nobody: they have just been told");
    forward (region, day + 3600);
    as_officer (region);
    call (region, "announcement_remind", &message, &answer);
    is_number (answer.offices, 6, "KU-05 a day later the outstanding ones are told once more");
    call (region, "announcement_remind", &message, &answer);
    is_number (answer.offices, 0, "KU-05 ...a second press tells nobody");
    run_job (region);
    is_number (number (region, "select count(*) from feed where kind = 34 and person_id in ('" NURSE "', '" MANAGER "')"), 2, "KU-05 their people have a notice");
    is_number (number (region, "select count(*) from feed where kind = 34 and person_id in ('" DOCTOR "', '" FOREIGNER "')"), 0, "KU-05 ...whoever confirmed has none");
    is_number (number (region, "select count(*) from delivery where kind = 6"), 2, "KU-05 the pharmacy has the page again");
    as_doctor (region);
    is (refused (region, "announcement_remind", &message), "not_for_role", "a doctor reminds nobody");
}

static void test_order (struct region *region)
{
    struct announcement_list_answer lines;

    act_as (region, DEPUTY, CLINIC_2, TOWN, ROLE_BIT (ROLE_DOCTOR));
    is (receive (region, METHOD), "accepted", "the second clinic confirms the newer one");
    lines = list (region);
    ok (lines.announcements.count == 2 && strcmp (lines.announcements.items[0].announcement_id, OUTLINE) == 0, "U-22 what is unread stands first, though older");
    as_administrator (region);
    is_number (list (region).announcements.count, 2, "who administers the region sees what came from here");
}

/* Alerts wait for whoever writes feeds: a whole region is told in portions. */
static void test_portions (struct region *region)
{
    struct announcement_send message = method ();
    struct announcement_sent sent = { 0 };

    harness_sql (region->harness, "insert into office (office_id, name, located_in, version) select gen_random_uuid (), 'n' || i, '" TOWN "', 1"
                                  " from generate_series (1, 30) i");
    harness_sql (region->harness, "insert into membership (membership_id, person_id, name, office_id, located_in, roles, version)"
                                  " select gen_random_uuid (), gen_random_uuid (), 'x', office_id, located_in, 1, 1 from office where name like 'n%%'");
    as_officer (region);
    message.announcement_id = ALERT ("b3");
    message.municipalities.count = 1;
    call (region, "announcement_send", &message, &sent);
    is_number (sent.offices, 36, "KU-05 thirty institutions more");
    harness_job (region->harness, "announcements", &region->err);
    is_number (number (region, "select count(*) from announcement_office where announcement_id = '" ALERT ("b3") "' and told_at is not null"), 20,
               "KU-05 one run tells twenty of them");
    harness_job (region->harness, "announcements", &region->err);
    is_number (number (region, "select sum (people) from announcement_office where announcement_id = '" ALERT ("b3") "' and told_at is not null"), 37,
               "KU-05 ...the next one the rest, each person once");
}

int main (void)
{
    struct region *region = region_open ();

    harness_empty (region->harness, "announcement, announcement_office, fax_number");
    add_office (region, ROTA_OFFICE, "中央市役所", TOWN, NULL);
    test_wrong_ones (region);
    test_outline (region);
    test_receipt (region);
    test_method (region);
    test_delivered (region);
    test_reminder (region);
    test_order (region);
    test_portions (region);
    harness_close (&region->harness);
    return done ();
}
