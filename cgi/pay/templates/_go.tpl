{{%AUTOESCAPE context="HTML"}}
{{! The way to the page of a processor that wants a form posted; GO_FIELDS are
  hidden fields.  The browser posts to the processor, not to us: no token. }}
{{#GO}}
<form method="post" action="{{GO_URL}}" accept-charset="utf-8">
{{#GO_FIELDS}}
<input type="hidden" name="{{GO_NAME}}" value="{{GO_VALUE}}">
{{/GO_FIELDS}}
<p class="actions"><button>[[Continue to the payment page]]</button></p>
</form>
{{/GO}}
