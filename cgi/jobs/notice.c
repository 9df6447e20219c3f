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
    {.name = "closing",
     .subject = SM_N_("Your account closes in 14 days"),
     .text = SM_N_("Somebody, most likely you, asked to close your account on "
                   "our site. Until then all works as before. The contract "
                   "with us is not touched."),
     .link = SM_N_("Keep the account"),
     .after = SM_N_("The link works until the account is closed. If it was "
                    "not you, keep the account and set a new password."),
     .path = "/closing/"},
    {.name = "closed",
     .subject = SM_N_("Your account is closed"),
     .text = SM_N_("Password, e-mail address and all that belonged to the "
                   "account have been erased. Bills and payments stay with us "
                   "as long as accounting law wants it. Your bills come as "
                   "before, and can be paid without an account.")},
    {.name = "token_made",
     .subject = SM_N_("A token for programs was made in your account"),
     .text = SM_N_("With the token named below a program can read your places "
                   "and bills. It can pay and change nothing. If it was not "
                   "you, set a new password at once: that ends all tokens."),
     .link = SM_N_("My tokens"),
     .path = "/settings/tokens"},
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
    {.name = "invite",
     .subject = SM_N_("You are invited to see a contract"),
     .text = SM_N_("The person below lets you see their contract, or do things "
                   "with it, in a log-in of your own. The page that opens says "
                   "what exactly, and until when."),
     .link = SM_N_("Look at the invitation"),
     .after = SM_N_("The link works for 14 days. If you do not know who this "
                    "is, you need not do anything."),
     .path = "/invite/"},
    {.name = "delegate_invited",
     .subject = SM_N_("Somebody was invited to your contract"),
     .text = SM_N_("The person below was invited from your account, or from "
                   "another owner's. If it was not you, withdraw the "
                   "invitation and set a new password."),
     .link = SM_N_("Who sees my places"),
     .path = "/settings/people"},
    {.name = "delegate_accepted",
     .subject = SM_N_("An invitation was accepted"),
     .text = SM_N_("The person below now sees your contract as you allowed it. "
                   "You see what they do, and can end it at any time."),
     .link = SM_N_("Who sees my places"),
     .path = "/settings/people"},
    {.name = "delegate_ended",
     .subject = SM_N_("Somebody's access was ended"),
     .text = SM_N_("The person below sees nothing of your contract any more."),
     .link = SM_N_("Who sees my places"),
     .path = "/settings/people"},
    {.name = "access_given",
     .subject = SM_N_("You see another contract now"),
     .text = SM_N_("You accepted the invitation of the person below. What you "
                   "do with their contract is shown to them."),
     .link = SM_N_("My account"),
     .path = "/home"},
    {.name = "access_ended",
     .subject = SM_N_("You see a contract no more"),
     .text = SM_N_("The person below has ended your access to their contract. "
                   "Your log-in stays.")},
    {.name = "email",
     .subject = SM_N_("Confirm your new e-mail address"),
     .text = SM_N_("Somebody, most likely you, wants to log in on our site "
                   "with this address from now on. Press the button on the "
                   "page that opens."),
     .link = SM_N_("Confirm the address"),
     .after = SM_N_("The link works once, within 24 hours. If it was not you, "
                    "you need not do anything."),
     .path = "/email/"},
    {.name = "email_cancel",
     .subject = SM_N_("Your account is to get another e-mail address"),
     .text = SM_N_("The address below was asked for in place of this one. If "
                   "it was you, open the link that was sent there. If it was "
                   "not you, keep this address by the link in this e-mail, "
                   "and set a new password."),
     .link = SM_N_("Keep this address"),
     .after = SM_N_("The link works for 14 days, also after the change."),
     .path = "/email/cancel/"},
    {.name = "email_changed",
     .subject = SM_N_("Your account has another e-mail address"),
     .text = SM_N_("The address below was confirmed and takes the place of "
                   "this one. If it was not you, use the link \"Keep this "
                   "address\" of the e-mail before this one, at once.")},
    {.name = "paperless_on",
     .subject = SM_N_("Your bills come electronically from now on"),
     .text = SM_N_("No paper bill is sent any more for the payment code "
                   "below. You find each bill in your account. If it was not "
                   "you who changed this, change it back and set a new "
                   "password."),
     .link = SM_N_("My account"),
     .path = "/settings/profile"},
    {.name = "paperless_off",
     .subject = SM_N_("Your bills come on paper from now on"),
     .text = SM_N_("For the payment code below a paper bill is sent by post "
                   "again."),
     .link = SM_N_("My account"),
     .path = "/settings/profile"},
    {.name = "data_approved",
     .subject = SM_N_("Your change of data was taken over"),
     .text = SM_N_("We have looked at the data that you sent. They count from "
                   "now on."),
     .link = SM_N_("My account"),
     .path = "/settings/profile"},
    {.name = "data_refused",
     .subject = SM_N_("Your change of data was not taken over"),
     .text = SM_N_("We have looked at the data that you sent and left "
                   "everything as it was. The reason:"),
     .link = SM_N_("My account"),
     .path = "/settings/profile"},
    {.name = "representative_asked",
     .subject = SM_N_("Somebody asks to act for you"),
     .text = SM_N_("The person below says that they represent you, and asks "
                   "to see your contract in an account of their own. They see "
                   "nothing until we have seen their authority. If you do not "
                   "know who this is, call us.")},
    {.name = "representative_approved",
     .subject = SM_N_("You can act for an organisation now"),
     .text = SM_N_("We have compared what you sent with the document. You see "
                   "the contract of the customer below in your account."),
     .link = SM_N_("My account"),
     .path = "/home"},
    {.name = "representative_refused",
     .subject = SM_N_("You cannot act for an organisation yet"),
     .text = SM_N_("We could not establish that you represent the customer. "
                   "The reason:"),
     .link = SM_N_("Ask again"),
     .path = "/settings/representative"},
    {.name = "missing_registered",
     .subject = SM_N_("We are looking for your payment"),
     .text = SM_N_("You told us of a payment that you do not find. We look "
                   "for it under the number below and write to you. Do not "
                   "pay again meanwhile."),
     .link = SM_N_("My payments"),
     .path = "/payments/missing"},
    {.name = "missing_found",
     .subject = SM_N_("Your payment was found"),
     .text = SM_N_("The payment that you missed was found. You see it in your "
                   "account as soon as it is posted. Its number was:"),
     .link = SM_N_("My payments"),
     .path = "/payments/missing"},
    {.name = "missing_refused",
     .subject = SM_N_("Your payment was not found"),
     .text = SM_N_("We have looked for the payment that you miss and did not "
                   "find it with us. Its number, and what we found:"),
     .link = SM_N_("My payments"),
     .after = SM_N_("If it was taken from your account, ask your bank where "
                    "it went, and send us what it says."),
     .path = "/payments/missing"},
};

const struct sm_notice *sm_notice_find(const char *name)
{
    for (size_t i = 0; i < SM_COUNT(notices); i++) {
        if (strcmp(notices[i].name, name) == 0)
            return &notices[i];
    }
    return NULL;
}
