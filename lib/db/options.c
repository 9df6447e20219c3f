#include "config/settings.h"
#include "db/db.h"

struct sm_db_options sm_db_options_read(const struct sm_settings *settings,
                                        const char *user, const char *program)
{
    return (struct sm_db_options){
        .conninfo = sm_settings_str(settings, "database"),
        .user = user,
        .passfile = sm_settings_str(settings, "database.passfile"),
        .program = program,
        .size = (int)sm_settings_int(settings, "db.pool"),
        .share = sm_settings_bool(settings, "db.share_reads"),
        .wait_ms = (int)sm_settings_int(settings, "db.wait_ms"),
        .connect_ms = (int)sm_settings_int(settings, "db.connect_ms"),
        .query_ms = (int)sm_settings_int(settings, "db.query_ms"),
        .timeline_file = sm_settings_str(settings, "db.timeline_file"),
        .require_durable = sm_settings_bool(settings, "db.require_durable"),
    };
}
