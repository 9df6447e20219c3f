{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Too many tries]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Too many tries]]</h1>
<p class="lead">[[WAIT_MINUTES: Too many codes were typed here in a short time. Try again in {{WAIT_MINUTES}} minute. | Too many codes were typed here in a short time. Try again in {{WAIT_MINUTES}} minutes.]]</p>
<p>[[This reading was not taken. You do not have to wait to send it:]]</p>
<ul>
{{#HAS_PHONE}}
<li>[[By telephone: {{PHONE}}.]]{{#HAS_HOURS}} {{HOURS}}{{/HAS_HOURS}}</li>
{{/HAS_PHONE}}
{{#HAS_CASH_DESKS}}
<li>[[At a cash desk:]] {{CASH_DESKS}}</li>
{{/HAS_CASH_DESKS}}
<li>[[In your account, for whoever has one:]] <a href="/{{LANG}}/login">[[Log in]]</a></li>
</ul>
</main>
{{>_foot}}
