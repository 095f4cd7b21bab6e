/* The whole truth table of who sees and changes a record, against the rules said a second time; every role, every seat, every section.
 * S-20, S-23; practice.md on infections and on what is kept from the family. */
#include "../../../services/sharing/head.h"
#include "../../../services/sharing/sharing.h"
#include "../../../services/sharing/sheet.h"
#include "../../../services/sharing/team.h"
#include "tap.h"

enum { ROLES = 24 };

/* From the words of role.type and of the papers, not from the code. */
static const char in_teams[] =
    "visiting_nurse helper care_manager doctor pharmacist dentist therapist service_manager support_centre hospital_liaison ";
static const char in_emergencies[] = "hospital_night_desk last_resort ambulance_crew ";
static const char in_homes[] = "visiting_nurse helper doctor pharmacist dentist therapist ambulance_crew ";

static bool among (const char *list, int role)
{
    char name[60];

    snprintf (name, sizeof name, "%s ", enum_name (&role_type, role));
    return strstr (list, name) == list || (strstr (list, name) && strstr (list, name)[-1] == ' ');
}

static bool sees_people (int role) { return among (in_teams, role) || among (in_emergencies, role); }

/* ---- standing ------------------------------------------------------------------------------------------------------------------------ */

static enum ground expected_ground (bool found, unsigned grounds, bool seat, int role)
{
    if (!found || !sees_people (role))
        return GROUND_NONE;
    if (seat && (grounds & 1u << GROUND_CARE_TEAM))
        return GROUND_CARE_TEAM;
    if (grounds & 1u << GROUND_RECORDER)
        return GROUND_RECORDER;
    if (grounds & 1u << GROUND_DUTY)
        return GROUND_DUTY;
    if (grounds & 1u << GROUND_LAST_RESORT)
        return GROUND_LAST_RESORT;
    return grounds & 1u << GROUND_HOSPITAL && among ("hospital_liaison hospital_night_desk ", role) ? GROUND_HOSPITAL : GROUND_NONE;
}

static void test_standing (void)
{
    int wrong = 0, open = 0, may_change = 0;

    for (int role = 1; role <= ROLES; role++)
        for (unsigned grounds = 0; grounds < 64; grounds++)
            for (int bits = 0; bits < 4; bits++) {
                struct standing standing = { .found = bits & 1, .seat = bits & 2, .grounds = grounds, .roles = ROLE_BIT (role) };
                enum ground wanted = expected_ground (bits & 1, grounds, bits & 2, role);
                bool edits = (wanted == GROUND_CARE_TEAM || wanted == GROUND_RECORDER) && among (in_teams, role);
                struct error read = { 0 }, edit = { 0 };

                wrong += standing_ground (&standing) != wanted || standing_may_edit (&standing) != edits
                    || (standing_check_read (&standing, &read) == 0) != (wanted != GROUND_NONE)
                    || (standing_check_edit (&standing, &edit) == 0) != edits
                    || (wanted == GROUND_NONE && (read.key != ERROR_NOT_FOR_YOU || memcmp (&read, &edit, sizeof read) != 0))
                    || (wanted != GROUND_NONE && !edits && edit.key != ERROR_NOT_FOR_ROLE);
                open += wanted != GROUND_NONE;
                may_change += edits;
            }
    is_number (wrong, 0, "S-20 S-23 all 6,144 standings of one role are open, closed and refused as the papers say");
    ok (open > 300 && may_change > 100 && may_change < open, "...some open, fewer to be changed");
}

/* Several roles in one office: what one may, the person may. */
static void test_roles_together (void)
{
    int wrong = 0;

    for (int one = 1; one <= ROLES; one++)
        for (int other = 1; other <= ROLES; other++) {
            uint64_t both = ROLE_BIT (one) | ROLE_BIT (other);
            enum role first = roles_first (both);

            wrong += roles_see_patients (both) != (sees_people (one) || sees_people (other))
                || roles_sit_in_teams (both) != (among (in_teams, one) || among (in_teams, other))
                || head_shows_infections (both) != (among (in_homes, one) || among (in_homes, other))
                || (first ? !sees_people ((int) first) || !(both & ROLE_BIT (first)) : sees_people (one) || sees_people (other));
        }
    is_number (wrong, 0, "two roles together may what one of them may; a change is signed with one that sees people");
    ok (!roles_see_patients (0) && roles_first (0) == 0 && !head_shows_infections (0), "no role sees nothing and signs nothing");
}

/* ---- the head ------------------------------------------------------------------------------------------------------------------------ */

static void test_infections (void)
{
    int wrong = 0;

    for (int role = 1; role <= ROLES; role++) {
        struct patient_answer head = { .infections = "MRSA", .allergies = "卵", .told_person = DISCLOSURE_STATUS_NOT_TOLD,
                                       .told_family = DISCLOSURE_STATUS_PARTLY, .name = "北野", .phone = "119" };
        struct patient_head_update change = { .name = "北野", .name_kana = "キタノ", .head_version = 1, .infections = "MRSA" };
        struct standing standing = { .found = true, .seat = true, .grounds = 1u << GROUND_CARE_TEAM, .roles = ROLE_BIT (role) };
        struct error err = { 0 };
        int64_t version;
        int refused = head_decide_update (&standing, 1, &change, &version, &err);

        head_hide (&head, ROLE_BIT (role));
        wrong += (head.infections != NULL) != among (in_homes, role) || (head.allergies != NULL) != sees_people (role)
            || (head.told_person != 0) != sees_people (role) || (head.told_family != 0) != sees_people (role) || !head.name || !head.phone;
        wrong += (refused == 0) != (among (in_homes, role) && among (in_teams, role));
        wrong += refused && sees_people (role) && err.key != ERROR_NOT_FOR_ROLE;
        change.infections = NULL;
        err = (struct error) { 0 };
        wrong += (head_decide_update (&standing, 1, &change, &version, &err) == 0) != among (in_teams, role);
    }
    is_number (wrong, 0,
               "infections are shown to and written by roles that enter the home, role by role; the other words by every professional");
}

static void test_telephones (void)
{
    static const char *const good[] = { "110", "119", "0115185501", "011-518-5501", "0-1-2", "123456789012345", "1234-5678-9012-345" };
    static const char *const bad[] = { "",        "1",     "12",     "1-2",   "1234567890123456", "-119",         "119-",
                                       "11--9",   "1 1 9", "１１９", "119\n", "+81115185501",     "(011)5185501", "tel:119",
                                       "119;110", "あ",    "11.9" };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!head_phone_is_valid (good[i]))
            ok (false, good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (head_phone_is_valid (bad[i]))
            ok (false, "what is not digits with hyphens between them is no telephone");
    ok (head_phone_is_valid (NULL), "a telephone is three to fifteen digits with hyphens between them, or not there");
}

/* Which field a refused head names. */
static const char *field_of (struct patient_head_update change, enum error_key wanted)
{
    static struct error err;
    struct standing standing = { .found = true, .seat = true, .grounds = 1u << GROUND_CARE_TEAM, .roles = ROLE_BIT (ROLE_DOCTOR) };
    int64_t version;

    err = (struct error) { 0 };
    if (head_decide_update (&standing, 1, &change, &version, &err) == 0)
        return "taken";
    return err.key == wanted ? err.fields[0].pointer : error_name_of (&err);
}

static void test_head_fields (void)
{
    const struct emergency_contact contacts[] = { { "南 花", "長女", "119" }, { "南 葵", "次女", "x" }, { " ", "孫", "119" } };
    struct patient_head_update good = { .name = "南 二郎", .name_kana = "ミナミ ジロウ", .head_version = 1 }, change;

    is (field_of (good, 0), "taken", "a whole head is taken");
#define WITH(field, value) (change = good, change.field = value, change)
    is (field_of (WITH (name, "\u3000"), ERROR_TEXT_EMPTY), "/name", "a full-width blank is no name");
    is (field_of (WITH (name_kana, ""), ERROR_TEXT_EMPTY), "/name_kana", "...nor is nothing one in kana");
    is (field_of (WITH (phone, "x"), ERROR_PHONE_INVALID), "/phone", "each telephone is looked at: the person's");
    is (field_of (WITH (nursing_phone, "x"), ERROR_PHONE_INVALID), "/nursing_phone", "...the station's");
    is (field_of (WITH (terminal_first_phone, "x"), ERROR_PHONE_INVALID), "/terminal_first_phone",
        "...the first one when somebody is dying");
    is (field_of (WITH (contacts, ((struct emergency_contact_list){ contacts, 2 })), ERROR_PHONE_INVALID), "/contacts/1/phone",
        "...the second contact's");
    change = WITH (contacts, ((struct emergency_contact_list) { contacts + 2, 1 }));
    is (field_of (change, ERROR_TEXT_EMPTY), "/contacts/0/name", "a contact has a name");
    is (field_of (WITH (head_version, 2), ERROR_MOVED_ON), "", "a version that is ahead is as wrong as an old one");
    is (field_of (WITH (head_version, 0), ERROR_MOVED_ON), "", "...and none, too");
}

/* ---- sections ------------------------------------------------------------------------------------------------------------------------ */

static int accepts (enum sheet_section section, struct sheet_entry entry, enum error_key *ret_key)
{
    struct error err = { 0 };
    int status = sheet_check_entries (section, &entry, 1, &err);

    *ret_key = err.key;
    return status;
}

/* Every item in every section: its own takes it, the others name the mistake. */
static void test_items (void)
{
    int homes[SHEET_ITEM_COUNT + 1] = { 0 }, wrong = 0;
    enum error_key key;

    for (int section = 1; section <= SHEET_SECTION_COUNT; section++)
        for (int item = 0; item <= SHEET_ITEM_COUNT + 1; item++) {
            bool taken =
                accepts ((enum sheet_section)section, (struct sheet_entry){ .item = (enum sheet_item)item, .text = "x" }, &key) == 0;

            if (item >= 1 && item <= SHEET_ITEM_COUNT)
                homes[item] += taken;
            wrong += !taken && key != (section == SHEET_SECTION_CONTACTS ? ERROR_SECTION_IS_DERIVED : ERROR_ITEM_NOT_IN_SECTION);
            wrong += taken && (item < 1 || item > SHEET_ITEM_COUNT);
        }
    for (int item = 1; item <= SHEET_ITEM_COUNT; item++)
        wrong += homes[item] != 1;
    is_number (wrong, 0, "E-01 … E-11: each of 28 items belongs to exactly one of the eleven sections, and says so elsewhere");
}

static void test_levels (void)
{
    int wrong = 0;
    enum error_key key;

    for (int item = 1; item <= SHEET_ITEM_COUNT; item++) {
        enum sheet_section section = sheet_section_of ((enum sheet_item) item);
        bool daily = section == SHEET_SECTION_DAILY_LIVING;
        struct sheet_entry level = { .item = (enum sheet_item)item, .level = ADL_LEVEL_PARTLY }, both = level,
                           neither = { .item = level.item };

        both.text = "x";
        wrong += (accepts (section, level, &key) == 0) != daily || (!daily && key != ERROR_FIELD_UNKNOWN_CHOICE);
        wrong += (accepts (section, both, &key) == 0) != daily;
        wrong += accepts (section, neither, &key) == 0 || key != ERROR_TEXT_EMPTY;
    }
    is_number (wrong, 0,
               "E-04 a level alone says something in daily living, and belongs nowhere else; nothing at all says nothing anywhere");
}

static void test_hidden (void)
{
    int wrong = 0;

    for (int section = 1; section <= SHEET_SECTION_COUNT; section++)
        for (int role = 1; role <= ROLES; role++) {
            bool kin = role == ROLE_FAMILY || role == ROLE_RESIDENT;

            wrong += sheet_is_hidden ((enum sheet_section) section, ROLE_BIT (role)) != (kin && section == SHEET_SECTION_EXPLANATION);
        }
    is_number (wrong, 0, "E-08 what was explained is kept from the family and from residents, nothing else from anybody");
}

/* Blank in every way, and almost blank. */
static void test_blanks (void)
{
    static const struct { const char *text; bool says;
    } rows[] = { { NULL, false },         { "", false }, { " \t\r\n", false }, { "\u3000", false }, { "\u3000\u3000 \n\u3000", false },
                 { "\u3000x", true },     { ".", true }, { "\u3001", true },   { "\u00a0", true },  { "0", true },
                 { "\xe3\x80\x81", true } };
    enum error_key key;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((accepts (SHEET_SECTION_WISHES, (struct sheet_entry){ .item = SHEET_ITEM_PERSON_WISH, .text = rows[i].text }, &key) == 0)
            != rows[i].says)
            ok (false, "an entry says something exactly when something is written");
    ok (true, "blanks of every width say nothing, a full stop does");
}

/* ---- seats --------------------------------------------------------------------------------------------------------------------------- */

/* Seat by seat, as the page offers them. */
static const char *const fits[] = { "",
                                    "doctor ",
                                    "doctor ",
                                    "care_manager support_centre ",
                                    "visiting_nurse ",
                                    "helper service_manager ",
                                    "pharmacist ",
                                    "dentist ",
                                    "therapist ",
                                    "service_manager helper visiting_nurse therapist ",
                                    "support_centre care_manager ",
                                    "hospital_liaison doctor visiting_nurse ",
                                    in_teams };

static void test_seats (void)
{
    int wrong = 0;

    for (int seat = 1; seat <= 12; seat++)
        for (int role = 0; role <= ROLES; role++) {
            bool may = role && among (fits[seat], role);

            wrong += team_role_for ((enum team_seat) seat, role ? ROLE_BIT (role) : 0) != (may ? (enum role) role : (enum role) 0);
        }
    wrong += team_role_for ((enum team_seat) 0, UINT64_MAX) != 0 || team_role_for ((enum team_seat) 13, UINT64_MAX) != 0;
    is_number (wrong, 0, "each of twelve seats is for the roles that fit it, of 24, and for nobody without one");
    is_number (team_role_for (TEAM_SEAT_VISITING_NURSING, ROLE_BIT (ROLE_VISITING_NURSE) | ROLE_BIT (ROLE_OPERATOR)), ROLE_VISITING_NURSE,
               "who is an operator, too, sits there as a nurse");
}

/* Same person, same office, same seat, same id: what of it is one seat too many. */
static void test_second_seat (void)
{
    static const struct { enum team_seat seat; const char *member, *person, *office; bool taken; const char *says;
    } rows[] = { { TEAM_SEAT_ATTENDING_DOCTOR, "m2", "p2", "o2", false, "a second attending doctor, whoever it is" },
                 { TEAM_SEAT_DEPUTY_DOCTOR, "m2", "p1", "o1", true, "the attending doctor as deputy, too" },
                 { TEAM_SEAT_OTHER, "m1", "p2", "o2", false, "an id that is taken" },
                 { TEAM_SEAT_OTHER, "m2", "p1", "o1", true, "another seat for the same person" } };
    static const struct team_member team[] = {
        { .member_id = "m1", .seat = TEAM_SEAT_ATTENDING_DOCTOR, .person_id = "p1", .office_id = "o1" },
        { .member_id = "m9", .seat = TEAM_SEAT_VISITING_NURSING, .person_id = "n1", .office_id = "s1" }
    };
    struct team_member_add again = { .member_id = "m8", .seat = TEAM_SEAT_VISITING_NURSING, .person_id = "n1", .office_id = "s1" };
    enum role role;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct team_member_add add = {
            .member_id = rows[i].member, .seat = rows[i].seat, .person_id = rows[i].person, .office_id = rows[i].office
        };
        struct error err = { 0 };

        is_number (team_decide_add (team, 2, &add, ROLE_BIT (ROLE_DOCTOR), &role, &err) < 0 ? err.key : 0,
                   rows[i].taken ? 0 : ERROR_ALREADY_THERE, rows[i].says);
    }
    struct error err = { 0 };
    ok (team_decide_add (team, 2, &again, ROLE_BIT (ROLE_VISITING_NURSE), &role, &err) < 0 && err.key == ERROR_ALREADY_THERE,
        "the same nurse of the same station twice");
    again.office_id = "s2";
    ok (team_decide_add (team, 2, &again, ROLE_BIT (ROLE_VISITING_NURSE), &role, &err) == 0,
        "...but from another station she works for, too");
    again.person_id = "n2";
    again.office_id = "s1";
    ok (team_decide_add (team, 2, &again, ROLE_BIT (ROLE_VISITING_NURSE), &role, &err) == 0, "...and a second nurse of the station");
}

int main (void)
{
    test_standing ();
    test_roles_together ();
    test_infections ();
    test_telephones ();
    test_head_fields ();
    test_items ();
    test_levels ();
    test_hidden ();
    test_blanks ();
    test_seats ();
    test_second_seat ();
    return done ();
}
