{{%AUTOESCAPE context="HTML"}}
<div class="field{{#INVOICE_NO_ERROR}} bad{{/INVOICE_NO_ERROR}}">
{{#PROOF_INVOICE}}
<label for="invoice_no">[[Number of a bill]]</label>
<p class="hint" id="invoice_no-hint">[[Of any bill of the last year, at the top, next to the word "Invoice". It shows that the contract is yours.]]</p>
{{/PROOF_INVOICE}}
{{#PROOF_LETTER}}
<label for="invoice_no">[[Code of the activation letter]]</label>
<p class="hint" id="invoice_no-hint">[[We sent it to you by post. It shows that the contract is yours.]]</p>
{{/PROOF_LETTER}}
{{#PROOF_EITHER}}
<label for="invoice_no">[[Number of a bill, or code of the activation letter]]</label>
<p class="hint" id="invoice_no-hint">[[The number stands at the top of any bill of the last year; the code is in the letter that we sent you. Either shows that the contract is yours.]]</p>
{{/PROOF_EITHER}}
{{#INVOICE_NO_ERROR}}
<p class="wrong" id="invoice_no-error">{{INVOICE_NO_ERROR_TEXT}}</p>
{{/INVOICE_NO_ERROR}}
<input type="text" class="code" id="invoice_no" name="invoice_no" value="{{INVOICE_NO_VALUE}}" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="invoice_no-hint{{#INVOICE_NO_ERROR}} invoice_no-error{{/INVOICE_NO_ERROR}}"{{#INVOICE_NO_ERROR}} aria-invalid="true"{{/INVOICE_NO_ERROR}}>
</div>
