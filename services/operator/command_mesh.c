/* command_mesh.c - status of the services, events in quarantine, rebuild of a projection: over the mesh, as principal `operator`. */
#include "mesh_call.h"
#include "mesh.h"

static int with_mesh (struct operator *self, int (*work) (struct operator *, struct bus_client *))
{
    struct error err = { 0 };
    struct bus_client *client = mesh_client (self, &err);
    int status = client ? work (self, client) : say_error (&err);

    bus_client_close (&client);
    mesh_close ();
    return status;
}

static int show_status (struct operator *self, struct bus_client *client, const char *service)
{
    struct service_status_answer answer = { 0 };
    struct error err = { 0 };

    if (mesh_call (self, client, service, &service_status_message, &(struct service_status){ 0 }, &service_status_answer_message, &answer,
                   &err)
        < 0) {
        printf ("%-9s 応答なし  %s\n", service, err.detail);
        return 1;
    }
    printf ("%-9s %s\n", service, answer.ready ? "稼働中" : "準備中");
    for (size_t i = 0; i < answer.facts.count; i++)
        printf ("  %-24s %s%s\n", answer.facts.items[i].name, answer.facts.items[i].value, answer.facts.items[i].ready ? "" : "  ←");
    return answer.ready ? 0 : 1;
}

static int status (struct operator *self, struct bus_client *client)
{
    int worst = 0;

    for (int i = 0; i < MESH_SERVICES; i++)
        worst |= show_status (self, client, mesh_services[i]);
    return worst;
}

int command_status (struct operator *self)
{
    return self->word_count ? say_usage ("status") : with_mesh (self, status);
}

static int list_of (struct operator *self, struct bus_client *client, const char *service)
{
    struct quarantine_list_answer answer = { 0 };
    struct error err = { 0 };

    if (mesh_call (self, client, service, &quarantine_list_message, &(struct quarantine_list){ 0 }, &quarantine_list_answer_message,
                   &answer, &err)
        < 0) {
        printf ("%-9s 応答なし  %s\n", service, err.detail);
        return 1;
    }
    for (size_t i = 0; i < answer.lines.count; i++) {
        const struct quarantine_line *line = &answer.lines.items[i];

        printf ("%s %s  %s から %s 版%lld  %lld回  %s\n", service, line->event_id, line->source, line->type, (long long) line->subjectversion,
                (long long) line->attempts, line->reason);
    }
    if (!answer.lines.count)
        printf ("%-9s 保留中のイベントはありません\n", service);
    return 0;
}

static int list (struct operator *self, struct bus_client *client)
{
    int worst = 0;

    for (int i = 0; i < MESH_SERVICES; i++)
        worst |= list_of (self, client, mesh_services[i]);
    return worst;
}

static int let_go (struct operator *self, struct bus_client *client)
{
    struct quarantine_release release = { .event_id = self->words[2],
                                          .skip = strcmp (self->words[0], "skip") == 0,
                                          .reason = self->words[3] };
    struct error err = { 0 };
    struct done done;

    if (mesh_call (self, client, self->words[1], &quarantine_release_message, &release, &done_message, &done, &err) < 0)
        return say_error (&err);
    puts (release.skip ? "飛ばしました。" : "もう一度処理します。");
    return 0;
}

int command_events (struct operator *self)
{
    if (self->word_count == 1 && (strcmp (self->words[0], "list") == 0 || strcmp (self->words[0], "quarantine") == 0))
        return with_mesh (self, list);
    if (self->word_count == 4 && (strcmp (self->words[0], "retry") == 0 || strcmp (self->words[0], "skip") == 0) && mesh_is_service (self->words[1])
        && self->words[3][strspn (self->words[3], " \t")])            /* a reason that says nothing is none */
        return with_mesh (self, let_go);
    return say_usage ("events list | retry SERVICE EVENT REASON | skip SERVICE EVENT REASON");
}

static int rebuild (struct operator *self, struct bus_client *client)
{
    struct projection_rebuild message = { .event = self->words[1] };
    struct error err = { 0 };
    struct done done;

    if (mesh_call (self, client, self->words[0], &projection_rebuild_message, &message, &done_message, &done, &err) < 0)
        return say_error (&err);
    puts ("作り直しを始めました。進み具合は renkei status に出ます。");
    return 0;
}

int command_rebuild (struct operator *self)
{
    if (self->word_count != 2 || !mesh_is_service (self->words[0]))
        return say_usage ("rebuild SERVICE EVENT");
    return with_mesh (self, rebuild);
}
