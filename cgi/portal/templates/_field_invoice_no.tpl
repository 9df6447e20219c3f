{{%AUTOESCAPE context="HTML"}}
<div class="field{{#INVOICE_NO_ERROR}} bad{{/INVOICE_NO_ERROR}}">
<label for="invoice_no">[[Number of a bill]]</label>
<p class="hint" id="invoice_no-hint">[[Of any bill of the last year, at the top, next to the word "Invoice". It shows that the contract is yours.]]</p>
{{#INVOICE_NO_ERROR}}
<p class="wrong" id="invoice_no-error">{{INVOICE_NO_ERROR_TEXT}}</p>
{{/INVOICE_NO_ERROR}}
<input type="text" class="code" id="invoice_no" name="invoice_no" value="{{INVOICE_NO_VALUE}}" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="invoice_no-hint{{#INVOICE_NO_ERROR}} invoice_no-error{{/INVOICE_NO_ERROR}}"{{#INVOICE_NO_ERROR}} aria-invalid="true"{{/INVOICE_NO_ERROR}}>
</div>
