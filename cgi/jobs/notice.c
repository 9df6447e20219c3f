#include "jobs/notice.h"

#include <string.h>

#include "base/status.h"
#include "web/page.h" /* SM_N_ */

static const struct sm_notice notices[] = {
    {.name = "activate",
     .subject = SM_N_("Confirm your e-mail address"),
     .text = SM_N_("Somebody, most likely you, asked for an account on our "
                   "site with this address. Press the button on the page that "
                   "opens, and the account is ready."),
     .link = SM_N_("Confirm the address"),
     .after = SM_N_("The link works once, within 24 hours. If it was not you, "
                    "you need not do anything: without the link there is no "
                    "account."),
     .path = "/activate/"},
    {.name = "have_account",
     .subject = SM_N_("You have an account already"),
     .text = SM_N_("Somebody, most likely you, asked for an account on our "
                   "site with this address. It has one: log in with your "
                   "password, or set a new one if you forgot it. Another "
                   "contract is added in the account, under Settings."),
     .link = SM_N_("Log in"),
     .path = "/login"},
    {.name = "reset",
     .subject = SM_N_("Set a new password"),
     .text = SM_N_("Somebody, most likely you, asked for a new password on "
                   "our site."),
     .link = SM_N_("Set a new password"),
     .after = SM_N_("The link works once, within 30 minutes. If it was not "
                    "you, you need not do anything: your password stays as it "
                    "is."),
     .path = "/reset/"},
    {.name = "agree",
     .subject = SM_N_("Somebody asks to see your contract"),
     .text = SM_N_("The person below typed the client code and an invoice "
                   "number of your contract and asks to see it in an account "
                   "of their own. They see nothing until you agree."),
     .link = SM_N_("Agree or refuse"),
     .after = SM_N_("The link works for 14 days. If you do not know who this "
                    "is, refuse."),
     .path = "/agree/"},
    {.name = "second_login",
     .subject = SM_N_("Somebody asks to see your contract"),
     .text = SM_N_("The person below typed the client code and an invoice "
                   "number of your contract and asks to see it in an account "
                   "of their own. Whoever has the account now was asked to "
                   "agree. If you know neither, call us.")},
    {.name = "contract_added",
     .subject = SM_N_("A contract was added to your account"),
     .text = SM_N_("The owner of the contract has agreed: you find its bills "
                   "in your account."),
     .link = SM_N_("My account"),
     .path = "/home"},
    {.name = "contract_refused",
     .subject = SM_N_("A contract was not added to your account"),
     .text = SM_N_("The owner of the contract has refused. If it is yours, "
                   "call us.")},
    {.name = "guessed",
     .subject = SM_N_("Somebody tries to log in to your account"),
     .text = SM_N_("Wrong passwords were typed for your account many times. "
                   "Nobody got in, and for a while no more are taken from "
                   "browsers that you have not used. If it was you and you "
                   "forgot the password, set a new one."),
     .link = SM_N_("Set a new password"),
     .path = "/reset"},
    {.name = "password_changed",
     .subject = SM_N_("Your password was changed"),
     .text = SM_N_("Your account has a new password, and all other browsers "
                   "have been logged out. If it was not you, set another "
                   "password at once and call us."),
     .link = SM_N_("Set a new password"),
     .path = "/reset"},
    {.name = "totp_on",
     .subject = SM_N_("Your account asks for a code from now on"),
     .text = SM_N_("When you log in in a browser that we do not know, you are "
                   "asked for a code of your telephone after the password. If "
                   "it was not you who switched this on, call us.")},
    {.name = "totp_off",
     .subject = SM_N_("Your account asks for no code any more"),
     .text = SM_N_("The second step of logging in was switched off. If it was "
                   "not you, set a new password at once and call us."),
     .link = SM_N_("Set a new password"),
     .path = "/reset"},
};

const struct sm_notice *sm_notice_find(const char *name)
{
    for (size_t i = 0; i < SM_COUNT(notices); i++) {
        if (strcmp(notices[i].name, name) == 0)
            return &notices[i];
    }
    return NULL;
}
