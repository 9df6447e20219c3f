#include "portal/profile.h"

#include "keys.h"
#include "sql/profile.h"

enum sm_status sm_profile_place(struct sm_rows **out, struct sm_request *rq)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "account")->id),
        sm_arg_time(rq->now_us),
    };
    enum sm_status st = sm_db_read(out, rq->app->pool, rq->arena,
                                   &sm_sql_auth_profile, args, &rq->err);

    return st == SM_OK && sm_rows_count(*out) == 0 ? SM_NOT_FOUND : st;
}

void sm_profile_fill(struct sm_request *rq, struct sm_dict *dict,
                     const struct sm_rows *rows, int i)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, AUTH_PROFILE__ACCOUNT));
    sm_set(dict, K_PLACE_ID, id);
    sm_set(dict, K_PLACE_NAME,
           sm_people_place(rq, sm_row_text(rows, i, AUTH_PROFILE__PLACE),
                           sm_row_text(rows, i, AUTH_PROFILE__CODE_HINT)));
    sm_set(dict, K_CODE_HINT, sm_row_text(rows, i, AUTH_PROFILE__CODE_HINT));
}

void sm_profile_value(const struct sm_request *rq, struct sm_dict *dict,
                      int key, const struct sm_rows *rows, int column)
{
    if (!rq->is_post)
        sm_set(dict, key, sm_row_text(rows, 0, column));
}

struct sm_arg sm_profile_arg(const struct sm_request *rq, const char *name)
{
    const struct sm_value *value = sm_in(rq, name);

    return sm_arg_text(value->present ? value->text : NULL);
}
