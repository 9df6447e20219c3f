{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Open your bill]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Open your bill]]</h1>
<p class="lead">[[You came here by the link that we sent you. Press the button, and the bill opens in this browser.]]</p>
<form method="post" action="/{{LANG}}/pay/step-up/{{STEP_UP}}">
{{>_form}}
<p class="actions"><button type="submit">[[Open the bill]]</button></p>
</form>
<p class="quiet">[[The link works once, within 20 minutes.]]</p>
</main>
{{>_foot}}
