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
{{#WHOLE}}
<div class="two even">
{{#TO_BE_PAID}}
<div>
{{>_selected_pay}}
</div>
{{/TO_BE_PAID}}
<div>
<h2>[[CHOSEN_COUNT: {{CHOSEN_COUNT}} bill | {{CHOSEN_COUNT}} bills]]</h2>
{{>_selected_rows}}
</div>
</div>
{{/WHOLE}}
{{#DIVIDED}}
{{#IS_LONG}}
<p class="narrow"><a href="#pay">[[To the sum and the payment]]</a></p>
{{/IS_LONG}}
<div class="two even">
<div>
<h2>[[How {{TO_PAY}} is divided]]</h2>
<p>[[What is due first is paid first.]]</p>
{{#EXCEEDS}}
<p class="note">[[The amount is more than the bills that you chose. The rest pays other open bills of the same places, oldest first; what is then left stays as credit.]]</p>
{{/EXCEEDS}}
{{>_selected_rows}}
{{#HAS_UNTOUCHED}}
<p class="quiet">[[UNTOUCHED: {{UNTOUCHED}} of the chosen bills is not reached and stays open. | {{UNTOUCHED}} of the chosen bills are not reached and stay open.]]</p>
{{/HAS_UNTOUCHED}}
</div>
<div>
{{>_selected_pay}}
</div>
</div>
{{/DIVIDED}}
<p class="actions"><a class="button second" href="/{{LANG}}/invoices?state=open">[[Choose other bills]]</a> <a class="button second" href="/{{LANG}}/home">[[Back to the overview]]</a></p>
<p class="quiet">[[This page can be seen in this browser until {{EXPIRES}}. After that, choose again.]]</p>
</main>
{{>_foot}}
