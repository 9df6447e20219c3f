{{%AUTOESCAPE context="HTML"}}
{{! A payment of the same bills that has not ended. }}
{{#OWN}}
<section class="warn" aria-labelledby="own-title">
<h2 id="own-title">[[You have a payment under way]]</h2>
<p>{{#OWN_STARTED}}[[You started it on {{OWN_AT}} and did not finish.]]{{/OWN_STARTED}}{{#OWN_PROCESSING}}[[You started it on {{OWN_AT}}. The bank is working on it: do not pay again.]]{{/OWN_PROCESSING}}{{#OWN_UNKNOWN}}[[You started it on {{OWN_AT}}. Its result is not known yet: do not pay again.]]{{/OWN_UNKNOWN}}</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay/status/{{OWN_ID}}">{{#OWN_STARTED}}[[Continue or cancel it]]{{/OWN_STARTED}}{{#OWN_PROCESSING}}[[See how it stands]]{{/OWN_PROCESSING}}{{#OWN_UNKNOWN}}[[See how it stands]]{{/OWN_UNKNOWN}}</a></p>
</section>
{{/OWN}}
{{#OTHER}}
<section class="warn" aria-labelledby="other-title">
<h2 id="other-title">[[OTHER_MINUTES: A payment for this bill was started {{OTHER_MINUTES}} minute ago | A payment for this bill was started {{OTHER_MINUTES}} minutes ago]]</h2>
<p>[[Not in this browser. If it was you, or somebody at home, wait until you know its result. You may pay all the same: if both payments go through, what is too much stays on the account as credit.]]</p>
</section>
{{/OTHER}}
