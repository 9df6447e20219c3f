{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{ERROR_TITLE}} - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>{{ERROR_TITLE}}</h1>
<p class="lead">{{ERROR_TEXT}}</p>
{{#ERROR_PAY}}
<section class="note" aria-labelledby="money-title">
<h2 id="money-title">[[What about my money?]]</h2>
<p>[[If you had already gone on to the bank's page, do not pay again yet. The state of every payment is kept and checked with the bank, also while this page does not work.]]</p>
<p>[[Open the status page of your payment: the link is in our e-mail to you, or go back in the browser. It says whether money was taken.]]</p>
</section>
{{/ERROR_PAY}}
<p class="actions"><a class="button" href="/{{LANG}}/">[[To the first page]]</a></p>
{{#HAS_PHONE}}
<p>[[You can also call us: {{PHONE}}.]]</p>
{{/HAS_PHONE}}
{{#HAS_REQUEST_ID}}
<p class="quiet">[[If you write or call, name this number:]] <code class="ref">{{REQUEST_ID}}</code></p>
{{/HAS_REQUEST_ID}}
<p class="quiet">[[Error {{ERROR_CODE}}]]</p>
</main>
{{>_foot}}
