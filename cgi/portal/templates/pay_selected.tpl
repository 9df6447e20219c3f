{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Pay the chosen bills]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Pay the chosen bills]]</h1>
{{>_under_way}}
{{#HAS_LEFT_OUT}}
<p class="note" role="status">[[LEFT_OUT: {{LEFT_OUT}} of what you chose is not here: there is nothing to pay on it. | {{LEFT_OUT}} of what you chose are not here: there is nothing to pay on them.]]</p>
{{/HAS_LEFT_OUT}}
{{#ALL_PAID}}
<p class="good" role="status">[[All of these bills are paid. There is nothing to do.]]</p>
{{/ALL_PAID}}
{{#IS_LONG}}
<p><a href="#pay">[[To the sum and the payment]]</a></p>
{{/IS_LONG}}
<div class="two even">
<div>
{{#WHOLE}}
<h2>[[CHOSEN_COUNT: {{CHOSEN_COUNT}} bill | {{CHOSEN_COUNT}} bills]]</h2>
{{/WHOLE}}
{{#DIVIDED}}
<h2>[[How {{TO_PAY}} is divided]]</h2>
<p>[[What is due first is paid first.]]</p>
{{#EXCEEDS}}
<p class="note">[[The amount is more than the bills that you chose. The rest pays other open bills of the same places, oldest first; what is then left stays as credit.]]</p>
{{/EXCEEDS}}
{{/DIVIDED}}
<table>
<thead>
<tr><th scope="col">[[selection|Bill]]</th><th scope="col">[[selection|Open]]</th>{{#DIVIDED}}<th scope="col">[[Paid now]]</th>{{/DIVIDED}}</tr>
</thead>
<tbody>
{{#ROWS}}
<tr><td>{{NUMBER}}{{#NOT_CHOSEN}} [[(not chosen)]]{{/NOT_CHOSEN}}<br><span class="quiet">{{#HAS_PLACE_ADDRESS}}{{PLACE_ADDRESS}}{{/HAS_PLACE_ADDRESS}}{{#NO_PLACE_ADDRESS}}[[Code …{{CODE_HINT}}]]{{/NO_PLACE_ADDRESS}}<br>[[To be paid by]] {{DUE_ON}}</span></td><td>{{#IS_OPEN}}{{OPEN}}{{/IS_OPEN}}{{#IS_PAID}}[[selection|paid]]{{/IS_PAID}}</td>{{#PART}}<td>{{PART_SUM}}</td>{{/PART}}</tr>
{{/ROWS}}
{{#HAS_REST}}
<tr><td>[[Stays as credit]]</td><td></td><td>{{REST_SUM}}</td></tr>
{{/HAS_REST}}
</tbody>
</table>
</div>
<div>
{{#TO_BE_PAID}}
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
<p class="actions"><button class="second" type="submit">[[Show how it is divided]]</button>{{#DIVIDED}} <a class="button second" href="/{{LANG}}/pay/selection/{{HANDLE}}">[[Pay all of it]]</a>{{/DIVIDED}}</p>
</form>
{{/CAN_DIVIDE}}
{{/TO_BE_PAID}}
</div>
</div>
<p><a href="/{{LANG}}/home">[[Back to the overview]]</a></p>
<p class="quiet">[[This page can be seen in this browser until {{EXPIRES}}. After that, choose again.]]</p>
</main>
{{>_foot}}
