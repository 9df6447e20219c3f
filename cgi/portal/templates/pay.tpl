{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Pay a bill]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<div class="two">
<div>
<h1>[[Pay a bill]]</h1>
<form method="post" action="/{{LANG}}/pay" novalidate>
{{>_form}}
{{>_field_payment_code}}
{{#ASK_LAST4}}
<div class="field{{#INVOICE_LAST4_ERROR}} bad{{/INVOICE_LAST4_ERROR}}">
<label for="invoice_last4">[[Last 4 characters of the invoice number]]</label>
<p class="hint" id="invoice_last4-hint">[[Of any invoice of the last year, next to the word "Invoice".]]</p>
{{#INVOICE_LAST4_ERROR}}
<p class="wrong" id="invoice_last4-error">{{INVOICE_LAST4_ERROR_TEXT}}</p>
{{/INVOICE_LAST4_ERROR}}
<input class="code short" id="invoice_last4" name="invoice_last4" value="{{INVOICE_LAST4_VALUE}}" required maxlength="4" autocomplete="off" autocapitalize="characters" spellcheck="false" inputmode="text" aria-describedby="invoice_last4-hint{{#INVOICE_LAST4_ERROR}} invoice_last4-error{{/INVOICE_LAST4_ERROR}}"{{#INVOICE_LAST4_ERROR}} aria-invalid="true"{{/INVOICE_LAST4_ERROR}}>
</div>
{{/ASK_LAST4}}
{{>_field_email}}
<p class="actions"><button type="submit">[[Show what I owe]]</button></p>
</form>
<p class="quiet">[[Nothing is paid yet: first you see the sum. How we treat what you type:]] <a href="/{{LANG}}/privacy">[[Personal data]]</a>.</p>
</div>
<figure>
<img class="picture" src="{{ASSET_BILL}}" width="352" height="300" alt="[[Drawing of the first page of a bill: the payment code stands in the box at the top right, above the sum and the due date.]]">
<figcaption class="quiet">[[The payment code stands in the box at the top right of the first page.]]</figcaption>
</figure>
</div>
</main>
{{>_foot}}
