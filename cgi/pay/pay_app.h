/* What the pages of the pay program share. */
#ifndef SM_CGI_PAY_APP_H
#define SM_CGI_PAY_APP_H

#include <semaphore.h>

#include "crypto/crypto.h"
#include "pay/pay.h"
#include "web/app.h"
#include "web/request.h"

/* app->data of this program; read-only after start but for the semaphore. */
struct sm_pay_app {
    struct sm_pay *pay;
    struct sm_key_bytes link; /* secret.link */
    sem_t waits;              /* threads that may still wait for a twin */
};

/* The program's data of a request. */
struct sm_pay_app *sm_pay_app(const struct sm_request *rq);

#endif
