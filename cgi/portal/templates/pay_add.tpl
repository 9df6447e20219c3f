{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Add another payment code]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Add another payment code]]</h1>
<p class="lead">[[For instance electricity and water: you see both bills on one page and pay them together.]]</p>
<form method="post" action="/{{LANG}}/pay/{{HANDLE}}/add" novalidate>
{{>_form}}
{{>_field_payment_code}}
<p class="actions"><button type="submit">[[Add it]]</button> <a class="button second" href="/{{LANG}}/pay/{{HANDLE}}">[[Back to the bill]]</a></p>
</form>
</main>
{{>_foot}}
