{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Too many tries]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Too many tries]]</h1>
<p class="lead">[[WAIT_MINUTES: Too many passwords or codes were typed here in a short time. Try again in {{WAIT_MINUTES}} minute. | Too many passwords or codes were typed here in a short time. Try again in {{WAIT_MINUTES}} minutes.]]</p>
<p>[[You need not wait if you can read your mail: whoever sets a new password by the mailed link is let in at once.]] <a href="/{{LANG}}/reset">[[Set a new password]]</a></p>
</main>
{{>_foot}}
