{{%AUTOESCAPE context="HTML"}}
{{! The sum of a selection and the ways to pay it. }}
<section class="slip" id="pay" aria-label="[[selection|To pay]]">
{{#WHOLE}}
<h2>[[selection|To pay]]</h2>
<p class="sum">{{TO_PAY}}</p>
{{/WHOLE}}
{{#DIVIDED}}
<h2>[[You pay now]]</h2>
<p class="sum">{{TO_PAY}}</p>
<dl class="rows">
<div><dt>[[The chosen bills]]</dt><dd>{{ALL_SUM}}</dd></div>
{{#LEAVES}}
<div><dt>[[Stays open of them]]</dt><dd>{{LEAVES_SUM}}</dd></div>
{{/LEAVES}}
{{#HAS_REST}}
<div><dt>[[Stays as credit]]</dt><dd>{{REST_SUM}}</dd></div>
{{/HAS_REST}}
</dl>
{{/DIVIDED}}
</section>
{{#TOO_LARGE}}
<p class="warn">[[A single payment by card is at most {{MAX_SUM}}. Choose fewer bills, or pay a part of the sum.]]</p>
{{/TOO_LARGE}}
{{#TOO_SMALL}}
<p class="warn">[[A single payment by card is at least {{MIN_SUM}}.]]</p>
{{/TOO_SMALL}}
{{#NEED_EMAIL}}
<p>[[We have no address of yours that the receipt could go to.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay/{{HANDLE}}/email">[[Give an e-mail address]]</a></p>
{{/NEED_EMAIL}}
{{#PAY}}
<form method="post" action="/{{LANG}}/pay/{{HANDLE}}/start">
<input type="hidden" name="csrf" value="{{BROWSER_CSRF}}">
<input type="hidden" name="once_key" value="{{ONCE_KEY}}">
<input type="hidden" name="choice" value="{{PAY_CHOICE}}">
<input type="hidden" name="amount" value="{{PAY_AMOUNT}}">
<input type="hidden" name="currency" value="{{CURRENCY}}">
<input type="hidden" name="shown_minor" value="{{SHOWN_MINOR}}">
<p>[[The receipt goes to {{EMAIL_MASKED}}.]] <a href="/{{LANG}}/pay/{{HANDLE}}/email">[[Change it]]</a></p>
{{#EMAIL_HINT}}
<p class="warn">[[Is the address right? You may have meant {{EMAIL_LIKELY}}.]]</p>
{{/EMAIL_HINT}}
<p class="actions"><button type="submit">[[Pay {{TO_PAY}} by card]]</button></p>
<p class="quiet">[[You go on to the secure page of the card processor. We never see the card.]]</p>
</form>
{{/PAY}}
{{#CAN_DIVIDE}}
<form method="get" action="/{{LANG}}/pay/selection/{{HANDLE}}" novalidate>
<div class="field{{#AMOUNT_ERROR}} bad{{/AMOUNT_ERROR}}">
<label for="amount">[[Another amount in {{CURRENCY}}]]</label>
<p class="hint" id="amount-hint">[[At least {{MIN_SUM}}. Before you pay you see which bills it pays.]]</p>
{{#AMOUNT_ERROR}}
<p class="wrong" id="amount-error">{{AMOUNT_ERROR_TEXT}}</p>
{{/AMOUNT_ERROR}}
<input class="short" id="amount" name="amount" value="{{AMOUNT_VALUE}}" inputmode="decimal" autocomplete="off" maxlength="16" aria-describedby="amount-hint{{#AMOUNT_ERROR}} amount-error{{/AMOUNT_ERROR}}"{{#AMOUNT_ERROR}} aria-invalid="true"{{/AMOUNT_ERROR}}>
</div>
<p class="actions"><button class="second" type="submit">[[Show how it is divided]]</button>{{#PAY_WHOLE}} <a class="button second" href="/{{LANG}}/pay/selection/{{HANDLE}}">[[Pay all of it]]</a>{{/PAY_WHOLE}}</p>
</form>
{{/CAN_DIVIDE}}
