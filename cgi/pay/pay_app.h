/* What the pages of the pay program share. */
#ifndef SM_CGI_PAY_APP_H
#define SM_CGI_PAY_APP_H

#include "crypto/crypto.h"
#include "pay/pay.h"
#include "web/app.h"
#include "web/request.h"

/* app->data of this program; read-only after start. */
struct sm_pay_app {
    struct sm_pay *pay;
    struct sm_key_bytes link; /* secret.link */
};

/* The program's data of a request. */
struct sm_pay_app *sm_pay_app(const struct sm_request *rq);

#endif
