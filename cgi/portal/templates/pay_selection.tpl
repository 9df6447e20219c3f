{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Pay the chosen bills]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
{{#REFUSED}}
<h1>[[Nothing was chosen]]</h1>
<p class="lead">[[Go back and choose again. Nothing was paid.]]</p>
{{/REFUSED}}
{{#NONE_CHOSEN}}
<h1>[[Nothing was chosen]]</h1>
<p class="lead">[[Tick at least one bill and press the button again. Nothing was paid.]]</p>
{{/NONE_CHOSEN}}
{{#NOTHING}}
<h1>[[There is nothing to pay here]]</h1>
<p class="lead">[[What you chose is paid already, or it is not among the bills that you may pay.]]</p>
{{/NOTHING}}
{{#MIXED}}
<h1>[[These bills are in several currencies]]</h1>
<p class="lead">[[A payment is in one currency. Choose the bills of one, pay them, then the others. Nothing was paid yet.]]</p>
{{/MIXED}}
{{#TOO_MANY}}
<h1>[[These are more than 200 bills]]</h1>
<p class="lead">[[A payment takes up to 200. Pay place by place, or choose fewer. Nothing was paid yet.]]</p>
{{/TOO_MANY}}
<p class="actions"><a class="button" href="/{{LANG}}/invoices?state=open">[[Choose other bills]]</a> <a class="button second" href="/{{LANG}}/home">[[Back to the overview]]</a></p>
</main>
{{>_foot}}
