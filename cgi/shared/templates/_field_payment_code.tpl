{{%AUTOESCAPE context="HTML"}}
<div class="field{{#PAYMENT_CODE_ERROR}} bad{{/PAYMENT_CODE_ERROR}}">
<label for="payment_code">[[Payment code]]</label>
<p class="hint" id="payment_code-hint">[[On the first page of the bill, in the box at the top right. Spaces and dashes do not matter.]]</p>
{{#PAYMENT_CODE_ERROR}}
<p class="wrong" id="payment_code-error">{{PAYMENT_CODE_ERROR_TEXT}}</p>
{{/PAYMENT_CODE_ERROR}}
<input class="code" id="payment_code" name="payment_code" value="{{PAYMENT_CODE_VALUE}}" required maxlength="40" inputmode="{{CODE_INPUTMODE}}" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="payment_code-hint{{#PAYMENT_CODE_ERROR}} payment_code-error{{/PAYMENT_CODE_ERROR}}"{{#PAYMENT_CODE_ERROR}} aria-invalid="true"{{/PAYMENT_CODE_ERROR}}>
</div>
