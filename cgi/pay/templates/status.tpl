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
{{#SETTLED}}
<h1>[[Paid: {{PAID}}]]</h1>
<p class="lead" role="status">{{#POSTED}}[[The payment stands on your account.]]{{/POSTED}}{{#POSTED_LATER}}[[The payment is received. It stands on your account by {{POST_BY}} at the latest.]]{{/POSTED_LATER}}</p>
<section class="slip" aria-label="[[The payment]]">
<dl class="rows">
<div><dt>[[Paid at]]</dt><dd>{{PAID_AT}}</dd></div>
<div><dt>[[Payment code]]</dt><dd>…{{CODE_HINT}}</dd></div>
<div><dt>[[Receipt number]]</dt><dd>{{RECEIPT_NO}}</dd></div>
</dl>
{{#HAS_SURPLUS}}
<p class="note">[[{{SURPLUS}} of it was more than the bill. It is credit on your account and lowers the next bill by itself. If you would rather have it back, write or call: it returns to the card.]]</p>
{{/HAS_SURPLUS}}
</section>
<p class="actions"><a class="button" href="/{{LANG}}/pay/receipt/{{ID}}{{#HAS_KEY}}?k={{KEY:u}}{{/HAS_KEY}}">[[Show the receipt]]</a></p>
{{/SETTLED}}
{{#DECLINED}}
<h1>[[The payment was declined]]</h1>
<p class="lead" role="status">[[No money was taken. {{AMOUNT}} is still to be paid.]]</p>
<p>[[The bank that issued the card refused, and does not tell us why. Often the limit for payments on the internet is too low, or the card is not enabled for them; the bank can say.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay">[[Try again]]</a></p>
{{/DECLINED}}
{{#CANCELLED}}
<h1>[[The payment was cancelled]]</h1>
<p class="lead" role="status">[[No money was taken. {{AMOUNT}} is still to be paid.]]</p>
<p>[[The payment is closed at the card processor as well, so nothing can be taken for it later.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay">[[Try again]]</a></p>
{{/CANCELLED}}
{{#EXPIRED}}
<h1>[[The time to pay has run out]]</h1>
<p class="lead" role="status">[[No money was taken. {{AMOUNT}} is still to be paid.]]</p>
<p>[[The page of the card processor stays open for a limited time and was not completed.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay">[[Try again]]</a></p>
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
