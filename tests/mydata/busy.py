"""A member who has done everything that one can do here, so that nothing is forgotten when they take it along or go."""

from datetime import date, timedelta
from io import BytesIO

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMessage
from django.utils import timezone
from PIL import Image

from accounts.actions import edit_profile
from accounts.address.moving import ask
from accounts.consents import agree_to_rules
from accounts.models import Attempt, Grant, Scope
from accounts.tokens import make_token
from ai_assist.models import Conversation, Folder, Message, PartialUpload, Usage
from communities.actions.bookmarking import bookmark
from communities.actions.following import follow
from communities.actions.saving import save_list
from communities.actions.voting import cast_vote
from communities.models import (
    Answer,
    Attendance,
    Callout,
    Comment,
    Deflection,
    Disassociation,
    Draft,
    DraftKind,
    Endorsement,
    Grade,
    Honour,
    Membership,
    Outcome,
    Post,
    Reaction,
    Redaction,
    Revision,
    Role,
    Silenced,
    Verdict,
    Visit,
)
from gamification.models import Activity, Award, Board, DailyXP, Pause, PlanChange, Player, Score, Span, ZoneMove
from notifications.models import Kind, Notification
from tests.accounts.codes import give_app
from tests.factories import (
    make_answer,
    make_comment,
    make_community,
    make_document,
    make_picture,
    make_post,
    make_suggestion,
    make_tag,
    make_user,
)
from webhooks.models import Delivery, Webhook

NAME, FULL_NAME, BIO = "hypatia", "Hypatia Quillfeather", "I draw conics on sand near the harbour."
EMAIL, IP, SESSION, DEVICE = "hypatia@quill.example", "203.0.113.77", "k" * 32, "Sandbrowser/7.1"
PRIVATE = (NAME, "Quillfeather", "conics on sand", "quill.example", IP, SESSION, DEVICE, "Moonlit Falcon")
"""What must stand nowhere when they are gone; upper or lower case."""


class Busy:
    """`me` asked `asked` and answered `question`; `other` asked that and answered `asked`."""

    def __init__(self) -> None:
        self.me = make_user(NAME, email=EMAIL, password="seven piles of stones")
        self.other = make_user("bob", name="Bob")
        self.third = make_user("mina", name="Mina")
        picture = BytesIO()
        Image.new("RGB", (8, 8), "teal").save(picture, "WEBP")
        edit_profile(self.me, name=FULL_NAME, bio=BIO, time_zone="Europe/Athens", picture=picture.getvalue())
        self.me.refresh_from_db()
        agree_to_rules(self.me)
        ask(by=self.me, email="moved@quill.example")
        self.place = make_community(self.other, self.me, self.third)
        self.own_place = make_community(self.me, self.other, name="Conics")
        Membership.objects.filter(user=self.other, community=self.own_place).update(role=Role.OWNER)
        self._write()
        self._judge()
        self._keep()
        self._sign_in()
        self._ask_documents()
        self._play()

    def _write(self) -> None:
        self.picture = make_picture(self.me, self.place)
        shown = f"See ![a curve]({self.picture.get_absolute_url()}), which I drew on the sand myself."
        self.asked: Post = make_post(self.me, self.place, title="What is a conic?", body=shown)
        self.gone: Post = make_post(self.me, self.place, title="Was it a circle?")
        Post.objects.filter(pk=self.gone.pk).update(deleted_at=timezone.now(), deleted_by=self.me)
        self.question: Post = make_post(
            self.other, self.place, title="Ellipse or not?", body=f"What says @{NAME} to it?"
        )
        self.answer: Answer = make_answer(self.me, self.question, "It is an ellipse, by both foci.")
        self.answered: Answer = make_answer(self.other, self.asked, "A cut through a cone, at whatever angle.")
        self.comment: Comment = make_comment(self.me, self.question, "Which of the two axes do you mean?")
        make_tag(self.place, "conics", proposed_by=self.me)
        Draft.objects.create(author=self.me, community=self.place, kind=DraftKind.POST, fields={"title": "Parabola"})
        make_suggestion(self.me, self.question)
        theirs = make_suggestion(self.third, self.asked)
        Verdict.objects.create(suggestion=theirs, by=self.me, weight=1)
        revision = Revision.objects.filter(post=self.question, answer=None, comment=None).get()
        Redaction.objects.create(revision=revision, by=self.third, reason="a phone number")
        Redaction.objects.filter(revision=revision).update(by=self.me)
        Callout.objects.create(community=self.place, post=self.asked, by=self.me, url="/", day=timezone.now().date())
        Disassociation.objects.create(post=make_post(self.third, self.place, title="Once mine?"), person=self.me)

    def _judge(self) -> None:
        cast_vote(self.answered, by=self.me, value=1)
        cast_vote(self.answer, by=self.other, value=1)
        Reaction.objects.create(answer=self.answered, by=self.me, outcome=Outcome.WORKED)
        Endorsement.objects.create(answer=self.answered, by=self.me, role=Role.MENTOR)
        Deflection.objects.create(post=self.question, person=self.me)
        mine = Membership.objects.get(user=self.me, community=self.place)
        Visit.objects.update_or_create(membership=mine, post=self.question, defaults={"read_at": timezone.now()})
        Attendance.objects.update_or_create(membership=mine, day=timezone.now().date(), defaults={"minutes": 3})

    def _keep(self) -> None:
        bookmark(self.question, by=self.me)
        follow(self.other, by=self.me, level="all")
        follow(self.me, by=self.third, level="all")
        save_list(by=self.me, name="Mine", address="/feed/?show=newest")
        Silenced.objects.create(community=make_community(self.third, name="Old"), person=self.me)
        Honour.objects.create(
            member=self.me, community=self.place, site="elsewhere.example", name="Sage", grade=Grade.values[0], count=1
        )
        for reader, says in ((self.me, "Bob answered"), (self.other, f"{FULL_NAME} answered")):
            Notification.objects.create(recipient=reader, kind=Kind.ANSWER, title=says, url=self.asked.permanent_url)

    def _sign_in(self) -> None:
        UserSession.objects.create(user=self.me, ip=IP, session_key=SESSION, user_agent=DEVICE)
        Authenticator.objects.create(user=self.me, type=Authenticator.Type.RECOVERY_CODES, data={"of": NAME})
        SocialAccount.objects.create(user=self.me, provider="github", uid="77", extra_data={"login": NAME})
        make_token(by=self.me, name="Course page", scope=Scope.READ, days=30)
        Grant.objects.create(member=self.me, session_key=SESSION)
        give_app(self.me)
        SocialAccount.objects.create(user=self.me, provider="github", uid="7", extra_data={"login": "ada"})
        Attempt.objects.create(
            member=self.me,
            path="/api/v1/me",
            key="once",
            digest="0" * 64,
            content=NAME.encode(),
            began_at=timezone.now(),
        )
        hook = Webhook.objects.create(
            community=self.place, url="https://a.example/", host="a.example", events=["post.deleted"]
        )
        Delivery.objects.create(webhook=hook, event="test", about=1, body=f'"{NAME}"', said=FULL_NAME, due_at=None)
        EmailMessage(f"Welcome, {FULL_NAME}", f"Hello {FULL_NAME}", to=[EMAIL]).send()

    def _ask_documents(self) -> None:
        folder = Folder.objects.create(owner=self.me, name="Scrolls")
        self.document = make_document(
            self.me, name="../Elements of \u202eme.md", text=f"By {FULL_NAME}.", folder=folder
        )
        self.shared = make_document(self.me, self.place, name="shared.md", audience="community")
        talk = Conversation.objects.create(owner=self.me, title="About scrolls")
        Message.objects.create(
            conversation=talk, asker=self.me, question="Who wrote it?", text="She did.", state="done"
        )
        PartialUpload.objects.create(owner=self.me, name="rest.pdf", size=9, modified=1)
        Usage.objects.update_or_create(member=self.me, day=date(2026, 1, 1), defaults={"questions": 2})

    def _play(self) -> None:
        now = timezone.now()
        Award.objects.create(user=self.me, key="first-answer", tier=1)
        board, _new = Board.objects.get_or_create(community=None, span=Span.ALL)
        Score.objects.update_or_create(
            board=board, user=self.me, defaults={"xp": 5, "is_listed": True, "reached_at": now}
        )
        Player.objects.update_or_create(user=self.me, defaults={"pseudonym": "Moonlit Falcon"})
        ZoneMove.objects.create(user=self.me, zone_before="UTC", zone="Europe/Athens", at=now)
        PlanChange.objects.create(user=self.me, plan=3, week=now.date() - timedelta(days=now.weekday()))
        Pause.objects.create(user=self.me, first=now.date(), last=now.date())
        DailyXP.objects.update_or_create(
            user=self.me, community=self.place, utc_date=now.date(), defaults={"raw": 5, "effective": 5}
        )
        assert Activity.objects.filter(user=self.me).exists()
