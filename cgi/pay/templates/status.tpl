{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[The state of your payment]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main" data-payment-state="{{STATE}}">
{{#STARTED}}
<h1>[[Payment started, not finished]]</h1>
<p class="lead" role="status">[[You started to pay {{AMOUNT}} on {{STARTED_AT}}. The payment is not finished.]]</p>
<p>[[If you have just paid, do not pay again: the result comes to this page by itself.]]</p>
{{/STARTED}}
{{#PROCESSING}}
<h1>[[Your bank is working on it]]</h1>
<p class="lead" role="status">[[The payment of {{AMOUNT}} is in progress. Do not pay again.]]</p>
<p>[[With some banks this takes minutes, with some a day. We keep asking; you may close this page.]]</p>
{{/PROCESSING}}
{{#UNKNOWN}}
<h1>[[We could not learn the result yet]]</h1>
<p class="lead" role="status">[[It is not known yet whether {{AMOUNT}} was taken. Do not pay again.]]</p>
{{#WILL_WRITE}}
<p>[[We keep asking the card processor and write to {{EMAIL_MASKED}} as soon as we know, at the latest by {{ASK_BY}}.]]</p>
{{/WILL_WRITE}}
{{/UNKNOWN}}
{{#PARTLY_REFUNDED}}
<h1>[[Paid: {{PAID}}, of which {{BACK}} went back]]</h1>
<p class="lead" role="status">[[{{BACK}} was returned on {{BACK_AT}} to the card or account that it came from. Banks show it after a few days.]]</p>
{{/PARTLY_REFUNDED}}
{{#REFUNDED}}
<h1>[[The payment was returned]]</h1>
<p class="lead" role="status">[[{{BACK}} was returned on {{BACK_AT}} to the card or account that it came from. Banks show it after a few days.]]</p>
{{/REFUNDED}}
{{#DISPUTED}}
<h1>[[The payment is contested]]</h1>
<p class="lead" role="status">[[{{PAID}} was paid. The bank that issued the card has been asked to take {{DISPUTED_SUM}} back, and decides about it.]]</p>
<p>[[Until the bank has decided, the bill counts as paid. If you did not ask your bank for this, call us.]]</p>
{{/DISPUTED}}
{{#CHARGED_BACK}}
<h1>[[The bank took the payment back]]</h1>
<p class="lead" role="status">[[{{DISPUTED_SUM}} of {{PAID}} went back to the card at the request of the bank that issued it. What it had paid is owed again.]]</p>
<p>[[If that is a mistake, call us before you pay again.]]</p>
{{/CHARGED_BACK}}
{{#SETTLED}}
<h1>[[Paid: {{PAID}}]]</h1>
<p class="lead" role="status">{{#POSTED}}[[The payment stands on your account.]]{{/POSTED}}{{#POSTED_LATER}}[[The payment is received. It stands on your account by {{POST_BY}} at the latest.]]{{/POSTED_LATER}}</p>
{{/SETTLED}}
{{#TAKEN}}
<section class="slip" aria-label="[[The payment]]">
<dl class="rows">
<div><dt>[[Paid at]]</dt><dd>{{PAID_AT}}</dd></div>
<div><dt>[[Payment code]]</dt><dd>…{{CODE_HINT}}{{#HAS_MORE_CODES}} [[MORE_CODES: and {{MORE_CODES}} more | and {{MORE_CODES}} more]]{{/HAS_MORE_CODES}}</dd></div>
<div><dt>[[Receipt number]]</dt><dd>{{RECEIPT_NO}}</dd></div>
{{#HAS_BACK}}
<div><dt>[[Returned]]</dt><dd>{{BACK}}</dd></div>
{{/HAS_BACK}}
</dl>
</section>
{{#HAS_SURPLUS}}
<section class="note" aria-labelledby="surplus">
<h2 id="surplus">{{#IS_TWICE}}[[This bill was paid twice]]{{/IS_TWICE}}{{#NOT_TWICE}}[[More was paid than was owed]]{{/NOT_TWICE}}</h2>
<p>[[{{SURPLUS}} is credit on your account. It lowers the next bill by itself; you need not do anything.]]</p>
{{#OFFER}}
<form method="post" action="/{{LANG}}/pay/status/{{ID}}/refund">
{{>_form}}
{{#HAS_KEY}}
<input type="hidden" name="k" value="{{KEY}}">
{{/HAS_KEY}}
<p>[[If you would rather have it back, it returns to the card or account that it came from.]]</p>
<p class="actions"><button class="second">[[Return {{SURPLUS}} to me]]</button></p>
</form>
{{/OFFER}}
{{#NO_OFFER}}
<p>[[If you would rather have it back, write or call: it returns to the card or account that it came from.]]</p>
{{/NO_OFFER}}
</section>
{{/HAS_SURPLUS}}
{{#GOING_BACK}}
<div class="note" role="status"><p>[[{{GOING}} goes back to the card or account that it came from. We write to you when the card processor has taken it on.]]</p></div>
{{/GOING_BACK}}
{{#BACK_FAILED}}
<div class="warn" role="status"><p>[[The bank could not take back money that we had returned. It is credit on your account again; a person at our office looks at it and writes to you.]]</p></div>
{{/BACK_FAILED}}
<p class="actions"><a class="button" href="/{{LANG}}/pay/receipt/{{ID}}{{#HAS_KEY}}?k={{KEY:u}}{{/HAS_KEY}}">[[Show the receipt]]</a>{{#SELECTED}} <a class="button second" href="/{{LANG}}/home">[[Back to the overview]]</a>{{/SELECTED}}</p>
{{/TAKEN}}
{{#DECLINED}}
<h1>[[The payment was declined]]</h1>
<p class="lead" role="status">[[No money was taken. {{AMOUNT}} is still to be paid.]]</p>
<p>[[The bank that issued the card refused, and does not tell us why. Often the limit for payments on the internet is too low, or the card is not enabled for them; the bank can say.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/{{AGAIN_FROM}}">[[Try again]]</a></p>
{{/DECLINED}}
{{#CANCELLED}}
<h1>[[The payment was cancelled]]</h1>
<p class="lead" role="status">[[No money was taken. {{AMOUNT}} is still to be paid.]]</p>
<p>[[The payment is closed at the card processor as well, so nothing can be taken for it later.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/{{AGAIN_FROM}}">[[Try again]]</a></p>
{{/CANCELLED}}
{{#EXPIRED}}
<h1>[[The time to pay has run out]]</h1>
<p class="lead" role="status">[[No money was taken. {{AMOUNT}} is still to be paid.]]</p>
<p>[[The page of the card processor stays open for a limited time and was not completed.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/{{AGAIN_FROM}}">[[Try again]]</a></p>
{{/EXPIRED}}
{{#CONTINUE}}
<p class="actions"><a class="button" href="{{CONTINUE_URL}}">[[Continue to the payment page]]</a></p>
{{/CONTINUE}}
{{>_go}}
{{#ASK}}
<form method="post" action="/{{LANG}}/pay/status/{{ID}}/ask">
{{>_form}}
{{#HAS_KEY}}
<input type="hidden" name="k" value="{{KEY}}">
{{/HAS_KEY}}
<p class="actions"><button class="second">[[Ask the bank now]]</button></p>
</form>
{{/ASK}}
{{#CANCEL}}
<form method="post" action="/{{LANG}}/pay/status/{{ID}}/cancel">
{{>_form}}
<p class="actions"><button class="second">[[Cancel this payment]]</button></p>
<p class="quiet">[[It is cancelled only if the card processor confirms it. After that you can start again.]]</p>
</form>
{{/CANCEL}}
{{#REFRESHING}}
<p class="quiet">[[This page looks for news every 5 seconds, for two minutes.]] <a href="/{{LANG}}/pay/status/{{ID}}?n=0{{#HAS_KEY}}&amp;k={{KEY:u}}{{/HAS_KEY}}">[[Stop that]]</a></p>
{{/REFRESHING}}
{{#HAS_EMAIL}}
<p>[[We write to {{EMAIL_MASKED}}.]]{{#MINE}} <a href="/{{LANG}}/pay/status/{{ID}}/email">[[The address is wrong]]</a>{{/MINE}}</p>
{{/HAS_EMAIL}}
{{#HAS_REFERENCE}}
<p class="quiet">[[Reference of the payment:]] <code class="ref">{{REFERENCE}}</code></p>
{{/HAS_REFERENCE}}
</main>
{{>_foot}}
