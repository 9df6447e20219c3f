{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Approve the payment - sandbox bank</title>
{{>_sb_pay_top}}
<h1>Approve the payment</h1>
<p class="lead">Your bank asks you to confirm that it is you who pays.</p>
<form method="post" action="/c/3ds/{{SESSION}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p class="actions">
<button type="submit" name="action" value="approve">Approve</button>
<button type="submit" name="action" value="refuse" class="second">Refuse</button>
</p>
</form>
{{>_sb_foot}}
