{{%AUTOESCAPE context="HTML"}}
<div class="field{{#CLIENT_CODE_ERROR}} bad{{/CLIENT_CODE_ERROR}}">
<label for="client_code">[[Client code]]</label>
<p class="hint" id="client_code-hint">[[On the first page of the bill, below your name.]]</p>
{{#CLIENT_CODE_ERROR}}
<p class="wrong" id="client_code-error">{{CLIENT_CODE_ERROR_TEXT}}</p>
{{/CLIENT_CODE_ERROR}}
<input type="text" class="code" id="client_code" name="client_code" value="{{CLIENT_CODE_VALUE}}" required maxlength="40" inputmode="numeric" autocomplete="off" spellcheck="false" aria-describedby="client_code-hint{{#CLIENT_CODE_ERROR}} client_code-error{{/CLIENT_CODE_ERROR}}"{{#CLIENT_CODE_ERROR}} aria-invalid="true"{{/CLIENT_CODE_ERROR}}>
</div>
