{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[This page has closed]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[This page has closed]]</h1>
<p class="lead">[[What you chose to pay can be seen for a limited time, and only in the browser where you chose it. Choose again; it takes a moment.]]</p>
<p>[[If you have paid, the e-mail we sent you leads to the status of the payment. Nothing that you paid is lost.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/invoices?state=open">[[Choose other bills]]</a> <a class="button second" href="/{{LANG}}/home">[[Back to the overview]]</a></p>
</main>
{{>_foot}}
