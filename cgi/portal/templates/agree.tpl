{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Somebody asks to see your contract]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Somebody asks to see your contract]]</h1>
<p class="lead">[[<b>{{TOKEN_EMAIL}}</b> asks to see the contract with the payment code …{{CODE_HINT}} in an account of their own: bills, payments, meters. They typed its client code and the number of one of its bills.]]</p>
<form method="post" action="/{{LANG}}/agree/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
<p class="actions"><button type="submit" name="answer" value="yes">[[Agree]]</button> <button class="second" type="submit" name="answer" value="no">[[Refuse]]</button></p>
</form>
<p class="quiet">[[If you do not know who this is, refuse: client code and bill number may have been read from a bill that was thrown away.]]</p>
</main>
{{>_foot}}
