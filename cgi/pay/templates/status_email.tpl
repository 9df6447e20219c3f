{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Change the e-mail address]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Change the e-mail address]]</h1>
<p>[[So far we write to {{EMAIL_MASKED}} about this payment. The address can be changed once.]]</p>
<form method="post" action="/{{LANG}}/pay/status/{{ID}}/email" novalidate>
{{>_form}}
{{>_field_email}}
<p class="actions"><button>[[Save]]</button> <a class="button second" href="/{{LANG}}/pay/status/{{ID}}">[[Back to the payment]]</a></p>
</form>
</main>
{{>_foot}}
