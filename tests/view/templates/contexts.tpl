{{%AUTOESCAPE context="HTML"}}
<title>{{VALUE}}</title>
<p id="text">{{VALUE}}</p>
<p title="{{VALUE}}" id="double">x</p>
<p title='{{VALUE}}' id="single">x</p>
<a href="{{LINK}}" id="link">x</a>
<a href="/q?x={{VALUE:u}}&amp;y=1" id="query">x</a>
<input aria-label="[[Say "yes", it's {{VALUE}}]]" value="{{VALUE}}">
<textarea>{{VALUE}}</textarea>
