{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Change the e-mail address]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Change the e-mail address]]</h1>
<form method="post" action="/{{LANG}}/pay/{{HANDLE}}/email" novalidate>
{{>_form}}
{{>_field_email}}
<p class="actions"><button type="submit">[[Save]]</button> <a class="button second" href="/{{LANG}}/pay/{{HANDLE}}">[[Back to the bill]]</a></p>
</form>
</main>
{{>_foot}}
