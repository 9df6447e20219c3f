{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[This link does not work]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[This link does not work]]</h1>
<p class="lead">[[It has run out, or it was cut or changed on its way to you.]]</p>
<p>[[You can see and pay the same bill with the payment code that is printed on it.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay">[[Pay with the payment code]]</a></p>
</main>
{{>_foot}}
