/* Arguments: made by the sm_arg_... functions, sent in binary. */
#include "db/internal.h"

#include <limits.h>
#include <string.h>

/* PostgreSQL counts from 2000-01-01. */
#define EPOCH_DAYS 10957
#define EPOCH_US (INT64_C(946684800) * 1000000)

struct sm_arg sm_arg_null(enum sm_type type)
{
    return (struct sm_arg){.type = type, .null = true};
}

static struct sm_arg number_arg(enum sm_type type, int64_t number)
{
    return (struct sm_arg){.type = type, .number = number};
}

static struct sm_arg data_arg(enum sm_type type, const void *data, size_t len)
{
    if (!data)
        return sm_arg_null(type);
    return (struct sm_arg){.type = type, .data = data, .len = len};
}

struct sm_arg sm_arg_bool(bool value)
{
    return number_arg(SM_TYPE_BOOL, value);
}

struct sm_arg sm_arg_int4(int32_t value)
{
    return number_arg(SM_TYPE_INT4, value);
}

struct sm_arg sm_arg_int8(int64_t value)
{
    return number_arg(SM_TYPE_INT8, value);
}

struct sm_arg sm_arg_text(const char *text)
{
    return data_arg(SM_TYPE_TEXT, text, text ? strlen(text) : 0);
}

struct sm_arg sm_arg_textn(const char *text, size_t len)
{
    return data_arg(SM_TYPE_TEXT, text, len);
}

struct sm_arg sm_arg_bytes(const void *bytes, size_t len)
{
    return data_arg(SM_TYPE_BYTEA, bytes, len);
}

struct sm_arg sm_arg_uuid(const uint8_t uuid[16])
{
    return data_arg(SM_TYPE_UUID, uuid, 16);
}

struct sm_arg sm_arg_date(struct sm_date date)
{
    if (date.year == 0)
        return sm_arg_null(SM_TYPE_DATE);
    return number_arg(SM_TYPE_DATE, sm_date_to_days(date));
}

struct sm_arg sm_arg_time(int64_t us)
{
    return number_arg(SM_TYPE_TIME, us);
}

struct sm_arg sm_arg_json(const char *text)
{
    return data_arg(SM_TYPE_JSONB, text, text ? strlen(text) : 0);
}

Oid sm_db_oid(enum sm_type type)
{
    static const Oid oids[] = {
        [SM_TYPE_BOOL] = 16,   [SM_TYPE_INT4] = 23,   [SM_TYPE_INT8] = 20,
        [SM_TYPE_TEXT] = 25,   [SM_TYPE_BYTEA] = 17,  [SM_TYPE_UUID] = 2950,
        [SM_TYPE_DATE] = 1082, [SM_TYPE_TIME] = 1184, [SM_TYPE_JSONB] = 3802,
    };

    return oids[type];
}

bool sm_db_type_fits(Oid oid, enum sm_type type)
{
    if (type == SM_TYPE_TEXT && (oid == 1043 || oid == 1042 || oid == 19))
        return true; /* varchar, char(n), name: the same bytes */
    return oid == sm_db_oid(type);
}

static void put_bytes(uint8_t *out, uint64_t value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        out[i] = (uint8_t)value;
        value >>= 8;
    }
}

/* The number as the server wants it, or false if the type cannot hold it. */
static bool put_number(uint8_t out[8], int *len, const struct sm_arg *arg)
{
    int64_t value = arg->number;

    *len = 8;
    if (arg->type == SM_TYPE_TIME) {
        if (__builtin_sub_overflow(value, EPOCH_US, &value))
            return false;
    } else if (arg->type == SM_TYPE_BOOL) {
        *len = 1;
        value = value != 0;
    } else if (arg->type != SM_TYPE_INT8) {
        *len = 4;
        if (arg->type == SM_TYPE_DATE &&
            __builtin_sub_overflow(value, EPOCH_DAYS, &value))
            return false;
        if (value < INT32_MIN || value > INT32_MAX)
            return false;
    }
    put_bytes(out, (uint64_t)value, *len);
    return true;
}

static bool bind_one(struct sm_db_params *params, int i,
                     const struct sm_arg *arg)
{
    params->values[i] = NULL;
    params->lengths[i] = 0;
    /* jsonb goes as text: its binary form is the text behind a version. */
    params->formats[i] = arg->type == SM_TYPE_JSONB ? 0 : 1;
    if (arg->null)
        return true;
    if (arg->data) {
        if (arg->len > INT_MAX)
            return false;
        params->values[i] = arg->data;
        params->lengths[i] = (int)arg->len;
        return true;
    }
    params->values[i] = (const char *)params->scratch[i];
    return put_number(params->scratch[i], &params->lengths[i], arg);
}

enum sm_status sm_db_bind(struct sm_db_params *params,
                          const struct sm_stmt *stmt, const struct sm_arg *args,
                          struct sm_error *err)
{
    if (stmt->nparams > SM_DB_PARAMS_MAX)
        return SM_FAIL(err, SM_INTERNAL, "%s: too many parameters", stmt->name);
    for (int i = 0; i < stmt->nparams; i++) {
        if (args[i].type != stmt->params[i])
            return SM_FAIL(err, SM_INTERNAL, "%s: parameter %d: wrong type",
                           stmt->name, i + 1);
        if (!bind_one(params, i, &args[i]))
            return SM_FAIL(err, SM_INTERNAL, "%s: parameter %d: out of range",
                           stmt->name, i + 1);
    }
    return SM_OK;
}
