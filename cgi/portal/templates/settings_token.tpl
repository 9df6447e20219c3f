{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Your token]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Your token]]</h1>
<p class="good" role="status">[[The token for <b>{{API_TOKEN_NAME}}</b> works until {{API_TOKEN_UNTIL}}.]]</p>
<section class="slip">
<p><code class="ref">{{API_TOKEN}}</code></p>
<p><strong>[[Copy it now: it is shown this once. We keep only a hash of it.]]</strong></p>
</section>
<p>[[It goes into the header of each request of your program, for example:]]</p>
<div class="scroll" tabindex="0" role="region" aria-label="[[Example]]"><pre><code>curl -H "Authorization: Bearer {{API_TOKEN}}" \
  {{API_URL}}/api/v1/me</code></pre></div>
<p>[[Two addresses can be read: <b>/api/v1/me</b> has your places with their balances, <b>/api/v1/me/invoices</b> your bills, newest first. Amounts are whole numbers of the smallest unit.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/settings/tokens">[[I have copied it]]</a></p>
</main>
{{>_foot}}
