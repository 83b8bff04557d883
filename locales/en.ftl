### The portal in English. Each file beside this one is the same in another language.
### $plural is the plural category of the number beside it, as CLDR has it for the language.

language-name = English
# The nearest language that Persona's flow speaks, as https://docs.withpersona.com/languages writes it.
persona-language = en-US

## Around every page

skip = Skip to content
links = Help and privacy
languages = Language
help = Get help
privacy = Privacy
try-again = Try again

home-title = Identity verification
home-text = To continue your verification for { $company }, open the personal link that you were sent. If you do not have it any more, ask { $company } for a new one.

## The page of a link

welcome-title = Continue your verification
welcome-text = { $company } asks you to finish confirming who you are. You can go on where you left off.
welcome-elsewhere = This link was opened on another device before. To go on here, confirm your date of birth.
step-time = { $plural ->
    [one] It takes about one minute.
   *[other] It takes about { $minutes } minutes.
}
step-document = Have your ID document at hand, and good light for the camera.
step-progress = What you have done so far is kept. You can stop at any time.
step-until = Your link works until { $until }.
continue = Continue verification
birthdate = Date of birth
birthdate-why = Only to make sure that it is you. It is compared and not kept.

## Where a visit stands

stage-working = Opening your verification…
stage-loading = Loading. This can take a moment.
stage-checking = Checking the result…
stage-waiting = Thank you. The result is not there yet. You can check again in a moment, or close this page.
stage-offline = We cannot be reached right now. Check your connection, then try again. Nothing is lost.
stage-cancelled = You left the verification. What you have done is kept; continue whenever you like.
stage-session-lost = The verification lost its connection to you. Press the button to go on where you left off.
stage-flow-error = The verification stopped because of an error. Please try again, or use one of the other ways below.
stage-camera-denied = The camera could not be used. Allow it in your browser's settings and try again, or continue on your phone.
stage-frame-stalled = This takes longer than it should. You can wait, or use one of the other ways.
stage-script-blocked = Your browser did not let the verification start. Turn off content blockers for this page, or use one of the other ways below.
stage-factor-needed = Please enter your date of birth to continue.
stage-factor-wrong = That date is not the one we know. Please check it and try again.
stage-too-many = That was a little too often. Please wait a minute, then try again.
stage-persona-unavailable = The verification service does not answer right now. Please try again in a minute. Your link stays valid and nothing is lost.
stage-internal = Something failed on our side. Please try again in a minute. Your link stays valid and nothing is lost.

## Other ways

hosted = Open on a full page
phone = Continue on your phone
check-again = Check again
dialog-title = Identity verification
close = Close
phone-title = Continue on your phone
phone-text = { $plural ->
    [one] Point your phone's camera at the code and open the link. It works for one minute, on one phone.
   *[other] Point your phone's camera at the code and open the link. It works for { $minutes } minutes, on one phone.
}
phone-code = QR code that opens your verification on a phone
phone-done = I have finished on my phone
phone-back = Continue on this device instead

## What came of it

leave = Back to { $company }
next = Continue
completed-title = You are done
completed-text = Thank you. { $company } has received your verification, and there is nothing more for you to do here.
in-review-title = Your verification is being reviewed
in-review-text = Thank you. { $company } is looking at it and will get back to you. There is nothing more for you to do here.
approved-title = You are verified
approved-text = Thank you. Your identity is confirmed, and { $company } knows.
declined-title = Your verification was not accepted
declined-text = { $company } could not accept this verification. To find out why and what you can do, please contact { $company }.
failed-title = Your verification did not succeed
failed-text = The check could not confirm your identity. Please contact { $company }; they can start a new one for you.
redacted-title = This verification was deleted
redacted-text = Its data were removed on request, so it cannot be continued. If { $company } still needs to verify you, ask them for a new link.
unfinished-title = Your verification is not finished yet
unfinished-text = What you have done is kept. You can go on where you left off.

## What stands in the way

unknown-link-title = This page does not exist
unknown-link-text = The address is not complete, or it never was a link of ours.
unknown-link-next = Open the link again from your message. If that does not help, ask { $company } for a new one.
link-expired-title = This link has expired
link-expired-text = For your safety, a link works only for a limited time.
link-expired-next = Ask { $company } for a new link. What you have done so far is kept.
link-revoked-title = This link is no longer valid
link-revoked-text = { $company } has replaced or withdrawn it.
link-revoked-next = Use the newest link that you were sent, or ask { $company } for a new one.
other-device-title = This link belongs to another device
other-device-text = For your safety, a link works only on the device and in the browser where it was first used.
other-device-next = Go on there, or ask { $company } for a new link.
factor-needed-title = Please confirm that it is you
factor-needed-text = This link asks for your date of birth.
factor-needed-next = Open the link again from your message and enter it.
factor-wrong-title = That was not the right date
factor-wrong-text = The date of birth is not the one we know.
factor-wrong-next = Open the link again from your message and try once more.
factor-locked-title = This link is locked
factor-locked-text = A wrong date of birth was entered too many times.
factor-locked-next = Ask { $company } for a new link. What you have done so far is kept.
settled-title = This verification is finished
settled-text = There is nothing more to do here.
settled-next = If you think this is a mistake, please contact { $company }.
not-resumable-title = This verification cannot be continued
not-resumable-text = The verification service does not allow it to be opened again.
not-resumable-next = Please contact { $company }; they can start a new one for you.
foreign-origin-title = This request came from somewhere else
foreign-origin-text = For your safety, we only accept what is sent from our own pages.
foreign-origin-next = Open the link again from your message.
bad-request-title = This request could not be read
bad-request-text = Something in it is missing or damaged.
bad-request-next = Open the link again from your message.
too-long-title = This is too long
too-long-text = More was sent than any of our pages asks for.
too-long-next = Open the link again from your message.
too-many-title = One moment, please
too-many-text = There were too many requests from your connection.
too-many-next = Wait a minute, then try again. Nothing is lost.
persona-unavailable-title = The verification service does not answer
persona-unavailable-text = We could not reach the service that { $company } verifies with.
persona-unavailable-next = Please try again in a minute. Your link stays valid and nothing is lost.
internal-title = Something failed on our side
internal-text = We have noted what happened.
internal-next = Please try again in a minute. Your link stays valid and nothing is lost.

## A new link

recover = Send me a new link
recover-title = Get a new link
recover-text = If your link does not work any more, or you lost it, we can send you another one. It goes only to the e-mail address or phone number that you gave for your verification.
recover-label = Your reference, or the old link
recover-hint = For instance your customer number, the number of your verification, or the whole address of the link that you were sent.
recover-empty = Please enter your reference or the old link.
recover-off = New links cannot be ordered here. Please ask { $company } for one.
recover-sent-title = Look at your messages
recover-sent-text = If what you entered belongs to a verification for { $company } that is not finished, a new link is on its way. It goes to the contact that you gave for it, and arrives within a few minutes.
recover-sent-next = For your safety, we cannot say here whether there is one. If nothing arrives, check your spam folder, or ask { $company }.
recover-again = Enter something else

## The mail that brings a link

mail-subject = Continue your verification with { $company }
mail-text = { $company } asks you to finish confirming who you are. You can go on where you left off. Open this link:
mail-hours = { $plural ->
    [one] The link is good for one hour (until { $until }), on one device.
   *[other] The link is good for { $hours } hours (until { $until }), on one device.
}
mail-days = { $plural ->
    [one] The link is good for one day (until { $until }), on one device.
   *[other] The link is good for { $days } days (until { $until }), on one device.
}
mail-safety = The link is for you alone: please do not pass it on. If you do not expect this message, ask { $company } before you open it.
reminder-subject = Your verification with { $company } is not finished yet
reminder-text = A while ago you began to confirm who you are for { $company }. What you have done is kept. Open this link to go on:
recovery-subject = Your new link from { $company }
recovery-text = You asked for a new link to your verification with { $company }. You can go on where you left off. Open this link:

## The same in short, before the link

sms-text = { $company }: continue your verification:
sms-reminder = { $company }: your verification is not finished yet. Go on here:
sms-recovery = { $company }: here is the new link that you asked for:
