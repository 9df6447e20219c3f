{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[We have your reading]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[We have your reading]]</h1>
<p class="lead">[[We will check it against your meter.]]</p>
<section class="slip" aria-label="[[Reference of the reading]]">
<dl class="rows">
<div><dt>[[Reference]]</dt><dd class="ref">{{REFERENCE}}</dd></div>
</dl>
</section>
<h2>[[What happens next]]</h2>
<ul>
<li>[[If client code and meter belong together and the figures fit, they count for your next bill.]]</li>
<li>[[If something does not fit, one of us looks at it. For your safety nothing about it is shown here.]]</li>
<li>[[Keep the reference: with it we find your reading when you call.]]{{#HAS_PHONE}} [[Call us at {{PHONE}}.]]{{/HAS_PHONE}}</li>
</ul>
<p class="actions"><a class="button second" href="/{{LANG}}/reading">[[Send another reading]]</a> <a class="button second" href="/{{LANG}}/services">[[All online services]]</a></p>
</main>
{{>_foot}}
