{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Open an account]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Open an account]]</h1>
<p class="lead">[[With a bill in your hand it takes a minute. Afterwards you see all your bills, payments and meters here.]]</p>
<form method="post" action="/{{LANG}}/register" novalidate>
{{>_form}}
{{>_field_client_code}}
{{>_field_invoice_no}}
{{>_field_own_email}}
{{>_fields_new_password}}
<div class="field{{#TERMS_ERROR}} bad{{/TERMS_ERROR}}">
{{#TERMS_ERROR}}
<p class="wrong" id="terms-error">{{TERMS_ERROR_TEXT}}</p>
{{/TERMS_ERROR}}
<label for="terms"><input type="checkbox" id="terms" name="terms" value="1"{{#TERMS_IS_ON}} checked{{/TERMS_IS_ON}}{{#TERMS_ERROR}} aria-describedby="terms-error" aria-invalid="true"{{/TERMS_ERROR}}> [[I have read the terms of use and agree.]]</label>
<p class="hint"><a href="/{{LANG}}/terms">[[Terms of use]]</a></p>
</div>
<p class="actions"><button type="submit">[[Open the account]]</button></p>
</form>
<p>[[You have an account already?]] <a href="/{{LANG}}/login">[[Log in]]</a></p>
<p class="quiet">[[How we treat what you type:]] <a href="/{{LANG}}/privacy">[[Personal data]]</a>.</p>
</main>
{{>_foot}}
