"""Answers that mail servers really give, and what each means."""

from shared.storage.models import Verdict

FIX, PAUSE, RETRY, BAD, UNSURE, SENT = (
    Verdict.NEEDS_OPERATOR,
    Verdict.PAUSE,
    Verdict.RETRY,
    Verdict.REJECTED,
    Verdict.UNSURE,
    Verdict.SENT,
)


# phase, code (None: the connection failed), text, verdict
ANSWERS = [
    # No conversation at all
    ("connect", None, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed "
     "certificate (_ssl.c:1006)", FIX),
    ("connect", None, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname "
     "mismatch, certificate is not valid for 'smtp.example.org'. (_ssl.c:1006)", FIX),
    ("connect", None, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", FIX),
    ("connect", None, "[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1006)", FIX),
    # github.com/kootenpv/yagmail/issues/97 (TLS on port 25)
    ("connect", None, "[SSL: UNKNOWN_PROTOCOL] unknown protocol (_ssl.c:579)", FIX),
    ("connect", None, "[SSL: RECORD_LAYER_FAILURE] record layer failure (_ssl.c:1010)", FIX),
    ("connect", None, "STARTTLS extension not supported by server.", FIX),
    ("connect", None, "[Errno 111] Connection refused", PAUSE),
    ("connect", None, "[Errno -2] Name or service not known", PAUSE),
    ("connect", None, "timed out", PAUSE),
    ("connect", 421, "4.7.0 Try again later, closing connection. (EHLO)", PAUSE),
    ("connect", 421, "4.3.2 Service not available, closing transmission channel", PAUSE),
    ("connect", 454, "4.7.0 TLS not available due to temporary reason", PAUSE),
    ("connect", 550, "Connection frequency limited", PAUSE),
    # QQ: the limit of this network address is exceeded by far
    # (blog.csdn.net/weixin_31487917/article/details/119692776)
    ("connect", 550, "Connection denied", PAUSE),
    ("connect", 554, "HL:ITC 126 mx17", PAUSE),
    # smtp.codes/yahoo
    ("connect", 553, "5.7.1 [BL21] Connections will not be accepted from 203.0.113.9, because the "
     "ip is in Spamhaus's list; see https://postmaster.yahooinc.com/error-codes", FIX),
    ("connect", 554, "IP<203.0.113.9> in blacklist", FIX),
    ("connect", 554, "5.7.1 Service unavailable; Client host [203.0.113.9] blocked using "
     "zen.spamhaus.org", FIX),
    # Signing in
    ("auth", None, "SMTP AUTH extension not supported by server.", FIX),
    ("auth", 535, "5.7.8 Username and Password not accepted. For more information, go to 5.7.8 "
     "https://support.google.com/mail/?p=BadCredentials d2e1a72fcca58 - gsmtp", FIX),
    ("auth", 534, "5.7.9 Application-specific password required. For more information, go to "
     "5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp", FIX),
    ("auth", 535, "Login Fail. Please enter your authorization code to login. More information in "
     "http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256", FIX),
    ("auth", 535, "Error: authentication failed", FIX),
    ("auth", 550, "User has no permission", FIX),
    ("auth", 535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for "
     "the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", FIX),
    ("auth", 535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.", FIX),
    ("auth", 454, "4.7.0 Too many login attempts, please try again later. - gsmtp", PAUSE),
    ("auth", 454, "4.7.0 Temporary authentication failure: Connection lost to authentication "
     "server", PAUSE),
    ("auth", 535, "Error: login frequency limited", PAUSE),
    # QQ, since 2024 (github.com/chengazhen/cursor-auto-free/issues/294)
    ("auth", 535, "Login fail. Account is abnormal, service is not open, password is incorrect, "
     "login frequency limited, or system is busy. More information at "
     "https://help.mail.qq.com/detail/108/1023", FIX),
    # Tencent Exmail
    ("auth", 535, "Error: authentication failed, system busy", FIX),
    ("auth", 535, "5.7.3 Authentication unsuccessful [MN2PR12CA0030.namprd12.prod.outlook.com "
     "2023-07-24T04:02:53.875Z 08DB8B9C4FC88489]", FIX),
    # Yahoo (github.com/PHPMailer/PHPMailer/issues/2034)
    ("auth", 535, "5.7.0 (#AUTH005) Too many bad auth attempts.", PAUSE),
    # NetEase
    ("auth", 451, "Requested mail action not taken: too much fail authentication", PAUSE),
    # Amazon SES
    ("auth", 535, "Authentication Credentials Invalid", FIX),
    # The sender
    ("mail", 530, "5.7.0 Authentication Required. For more information, go to 5.7.0 "
     "https://support.google.com/mail/?p=WantAuthError - gsmtp", FIX),
    ("mail", 530, "5.7.0 Must issue a STARTTLS command first. - gsmtp", FIX),
    ("mail", 530, "5.7.57 Client not authenticated to send mail. Error: 535 5.7.3 Authentication "
     "unsuccessful", FIX),
    ("mail", 553, "Mail from must equal authorized user", FIX),
    ("mail", 501, "Mail from address must be same as authorization user.", FIX),
    ("mail", 553, "5.7.1 <thanks@example.org>: Sender address rejected: not owned by user bo", FIX),
    ("mail", 550, "5.7.30 Basic authentication is not supported for Client Submission.", FIX),
    ("mail", 552, "5.3.4 Message size exceeds fixed limit", FIX),
    ("mail", 421, "4.7.0 Too many messages, try again later", PAUSE),
    ("mail", 452, "4.3.1 Insufficient system storage", RETRY),
    ("mail", 550, "5.4.5 Daily user sending limit exceeded. For more information on Gmail sending "
     "limits go to https://support.google.com/a/answer/166852 - gsmtp", PAUSE),
    ("mail", 454, "Throttling failure: Daily message quota exceeded.", PAUSE),
    # NetEase
    ("mail", 553, "Requested action not taken: Local user only", FIX),
    ("mail", 501, "5.1.7 Bad sender address syntax", FIX),
    ("mail", 421, "4.7.0 [TSS04] Messages from 203.0.113.9 temporarily deferred due to unexpected "
     "volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
     PAUSE),
    # Amazon SES
    ("mail", 454, "Temporary service failure", RETRY),
    ("mail", None, "Connection unexpectedly closed", RETRY),
    ("mail", 500, "Line too long.", RETRY),
    # The recipient
    ("rcpt", 550, "5.1.1 <ana@example.net>: Recipient address rejected: User unknown in relay "
     "recipient table", BAD),
    ("rcpt", 550, "<ana@example.net>: Benutzer unbekannt, Relay verweigert", BAD),
    ("rcpt", 550, "5.1.1 The email account that you tried to reach does not exist. Please try "
     "double-checking the recipient's email address for typos or unnecessary spaces. For more "
     "information, go to https://support.google.com/mail/?p=NoSuchUser - gsmtp", BAD),
    ("rcpt", 550, "5.1.1 <ana@example.org>: Recipient address rejected: User unknown in virtual "
     "mailbox table", BAD),
    ("rcpt", 550, "5.2.1 The email account that you tried to reach is inactive. - gsmtp", BAD),
    ("rcpt", 550, "Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022"
     "&&no=1000728", BAD),
    ("rcpt", 550, "User not found: ana@163.com", BAD),
    ("rcpt", 550, "5.4.1 Recipient address rejected: Access denied. "
     "[BN8NAM11FT042.eop-nam11.prod.protection.outlook.com]", BAD),
    ("rcpt", 550, "5.5.0 Requested action not taken: mailbox unavailable "
     "(S2017062302).", BAD),
    ("rcpt", 554, "delivery error: dd This user doesn't have a yahoo.com account (ana@yahoo.com) "
     "[0] - mta1234.mail.bf1.yahoo.com", BAD),
    ("rcpt", 552, "5.2.2 The email account that you tried to reach is over quota. Please direct "
     "the recipient to https://support.google.com/mail/?p=OverQuotaPerm - gsmtp", BAD),
    ("rcpt", 551, "5.1.6 Recipient no longer on server", BAD),
    ("rcpt", 550, "No such user here", BAD),
    ("rcpt", 450, "4.2.1 The user you are trying to contact is receiving mail at a rate that "
     "prevents additional messages from being delivered. - gsmtp", RETRY),
    ("rcpt", 452, "4.2.2 The email account that you tried to reach is over quota. - gsmtp", RETRY),
    ("rcpt", 450, "4.2.0 <ana@example.org>: Recipient address rejected: Greylisted, see "
     "http://postgrey.schweikert.ch/help/example.org.html", RETRY),
    ("rcpt", 451, "4.7.1 Greylisting in action, please come back in 00:04:59", RETRY),
    ("rcpt", 450, "4.1.2 <ana@example.org>: Recipient address rejected: Domain not found", RETRY),
    ("rcpt", 451, "4.3.0 Temporary lookup failure", RETRY),
    ("rcpt", None, "timed out", RETRY),
    ("rcpt", 421, "4.7.0 Too many recipients", PAUSE),
    ("rcpt", 452, "4.5.3 Too many recipients", PAUSE),
    ("rcpt", 550, "5.7.1 Relaying denied", FIX),
    ("rcpt", 554, "5.7.1 <ana@example.org>: Relay access denied", FIX),
    ("rcpt", 550, "RP:QRC http://service.mail.qq.com/", PAUSE),
    ("rcpt", 550, "RP:DRC the number of recipients today exceeds the limit", PAUSE),
    ("rcpt", 450, "RP:CEL The recipient count exceeds the limit", PAUSE),
    ("rcpt", 550, "5.7.1 Service unavailable, Client host [203.0.113.9] blocked using "
     "Spamhaus", FIX),
    # The sender is only looked at now: it must not be taken for the recipient.
    ("rcpt", 550, "5.1.8 <thanks@example.org>: Sender address rejected: Domain not found", FIX),
    ("rcpt", 550, "5.1.0 <thanks@example.org>: Sender address rejected: User unknown in local "
     "recipient table", FIX),
    ("rcpt", 553, "5.7.1 <thanks@example.org>: Sender address rejected: not logged in", FIX),
    # Exim with cPanel
    ("rcpt", 550, "Verification failed for <thanks@example.org> No Such User Here Sender verify "
     "failed", FIX),
    # GMX and IONOS
    ("rcpt", 550, "Requested action not taken: mailbox unavailable Sender address is not allowed.",
     FIX),
    # iCloud (github.com/TryGhost/Ghost/issues/17012)
    ("rcpt", 550, "5.7.0 From address is not one of your addresses", FIX),
    ("rcpt", 550, "5.1.1 <sender@qq.com>: Recipient address rejected: User unknown in virtual "
     "mailbox table", BAD),
    # Full mailboxes
    ("rcpt", 552, "5.2.2 Mailbox size limit exceeded", BAD),
    # RFC 5321, 4.2.3
    ("rcpt", 552, "Requested mail action aborted: exceeded storage allocation", BAD),
    ("rcpt", 550, "Mailbox quota exceeded", BAD),
    # iCloud
    ("rcpt", 552, "5.2.2 <ana@icloud.com>: user is over quota", BAD),
    ("rcpt", 450, "4.2.2 user is overquota", RETRY),
    # support.google.com/a/answer/3726730
    ("rcpt", 452, "4.2.2 The recipient's inbox is out of storage space. - gsmtp", RETRY),
    ("rcpt", 552, "5.2.2 The recipient's inbox is out of storage space and inactive. - gsmtp", BAD),
    # One mailbox that gets too much mail (pastebin.com/SpZumxtS; smtp.codes/yahoo, /qq)
    ("rcpt", 550, "5.2.1 The user you are trying to contact is receiving mail at a rate that "
     "prevents additional messages from being delivered. For more information, please visit "
     "https://support.google.com/mail/?p=ReceivingRatePerm - gsmtp", RETRY),
    ("rcpt", 450, "4.2.1 The user you are trying to contact is receiving email too quickly. Please "
     "resend your message at a later time. - gsmtp", RETRY),
    ("rcpt", 450, "User is receiving mail too quickly", RETRY),
    ("rcpt", 550, "Mailbox unavailable or access denied", RETRY),
    ("rcpt", 432, "4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", RETRY),
    ("rcpt", 450, "4.2.1 Peak SMTP relay limit exceeded for customer. This is a temporary error. "
     "- gsmtp", PAUSE),
    # Nobody there
    ("rcpt", 550, "5.2.1 <ana@example.org>: Recipient address rejected: mailbox is disabled", BAD),
    ("rcpt", 550, "5.2.1 Mailbox cannot be accessed", BAD),
    ("rcpt", 553, "5.1.2 We weren't able to find the recipient domain. Please check for any "
     "spelling errors. - gsmtp", BAD),
    ("rcpt", 550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address "
     "lookup", BAD),
    ("rcpt", 552, "1 Requested mail action aborted, mailbox not found", BAD),
    ("rcpt", 554, "30 Sorry, your message to ana@yahoo.com cannot be delivered. This mailbox is "
     "disabled (554.30).", BAD),
    ("rcpt", 550, "5.1.1 unknown or illegal alias: ana@icloud.com", BAD),
    ("rcpt", 550, "Unrouteable address", BAD),
    ("rcpt", 550, "Invalid User", BAD),
    ("rcpt", 550, "User suspended", BAD),
    ("rcpt", 501, "Bad address syntax. http://service.exmail.qq.com/cgi-bin/help?subtype=1&&id="
     "20022&&no=1000730", BAD),
    # QQ: this person has blocked the sender (smtp.codes/qq)
    ("rcpt", 550, "Mail is rejected by recipients", BAD),
    # Too much from this account. NetEase's own list of codes is copied at
    # blog.csdn.net/hjx9452/article/details/119910018
    ("rcpt", 550, "RP:CEL", PAUSE),
    ("rcpt", 451, "RP:CEL", PAUSE),
    ("rcpt", 550, "RP:TRC", PAUSE),
    ("rcpt", 450, "RP:CCL", PAUSE),
    ("rcpt", 550, "RP:FRL", FIX),
    ("rcpt", 550, "Domain frequency limited", PAUSE),
    # Exchange Online
    ("rcpt", 550, "5.1.90 Your message can't be sent because you've reached your daily limit for "
     "message recipients", PAUSE),
    ("rcpt", 451, "4.7.500 Server busy. Please try again later from [203.0.113.9].", PAUSE),
    # pastebin.com/v3bkLPK5
    ("rcpt", 550, "5.4.5 <ana@example.org>: Recipient address rejected: Domain Sending Quota "
     "Exceeded", PAUSE),
    # The account or the network is refused
    ("rcpt", 550, "User in blacklist", FIX),
    ("rcpt", 550, "5.7.606 Access denied, banned sending IP [203.0.113.9]. To request removal from "
     "this list please visit https://sender.office.com/", FIX),
    # An address that contains 5.2.1
    ("rcpt", 550, "rejected because 195.2.1.44 is in a black list at zen.spamhaus.org", FIX),
    ("rcpt", 550, "Administrative prohibition", FIX),
    ("rcpt", 550, "relay not permitted", FIX),
    ("rcpt", 500, "Line too long.", RETRY),
    # Before the content
    ("data", None, "Connection unexpectedly closed", RETRY),
    ("data", 451, "4.3.0 Mail server temporarily rejected message", RETRY),
    # The content
    # RFC 5321, 4.2.1: any 2xx says yes
    ("content", 251, "User not local; will forward to <ana@example.org>", SENT),
    ("content", 200, "ok", SENT),
    ("content", 354, "Go ahead", UNSURE),
    # smtplib's own words for an answer longer than it reads
    ("content", 500, "Line too long.", UNSURE),
    ("content", None, "timed out", UNSURE),
    ("content", None, "Connection unexpectedly closed", UNSURE),
    ("content", 554, "DT:SPM 163 smtp8,DMCowACXvbGq1234567890,please see "
     "http://mail.163.com/help/help_spam_16.htm?ip=203.0.113.9&hostid=smtp8&time=1700000000", FIX),
    ("content", 550, "MI:SFQ 163 smtp1,GdxpCgA3,please see "
     "http://mail.163.com/help/help_spam_16.htm", PAUSE),
    ("content", 451, "MI:SFQ 163 smtp5,please see "
     "http://mail.163.com/help/help_spam_16.htm", PAUSE),
    ("content", 451, "MI:DMC 163 smtp3,please see "
     "http://mail.163.com/help/help_spam_16.htm", PAUSE),
    ("content", 550, "Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id="
     "20022&&no=1000726", FIX),
    ("content", 550, "5.7.26 This mail is unauthenticated, which poses a security risk to the "
     "sender and Gmail users, and has been blocked. - gsmtp", FIX),
    ("content", 550, "5.7.515 Access denied, sending domain example.org doesn't meet the required "
     "authentication level.", FIX),
    ("content", 550, "5.7.1 Message rejected as spam by Content Filtering.", FIX),
    ("content", 550, "5.4.5 Daily sending quota exceeded. - gsmtp", PAUSE),
    ("content", 421, "4.7.28 Our system has detected an unusual rate of unsolicited mail "
     "originating from your IP address. - gsmtp", PAUSE),
    ("content", 550, "5.7.28 Our system has detected an unusual rate of unsolicited mail", PAUSE),
    ("content", 432, "4.3.2 Concurrent connections limit exceeded. Visit "
     "https://aka.ms/concurrent_sending for more information.", PAUSE),
    ("content", 554, "5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process "
     "message due to a permanent exception", FIX),
    ("content", 550, "5.7.501 Service unavailable. Spam abuse detected from IP range.", PAUSE),
    ("content", 454, "Throttling failure: Maximum sending rate exceeded.", PAUSE),
    ("content", 554, "Message rejected: Email address is not verified. The following identities "
     "failed the check in region US-EAST-1: thanks@example.org", FIX),
    ("content", 552, "5.2.3 Your message exceeded Google's message size limits.", FIX),
    ("content", 552, "Error: message size exceeds limit", FIX),
    ("content", 450, "4.7.1 Too much mail from your address, try again later", PAUSE),
    ("content", 451, "4.3.0 Error: queue file write error", RETRY),
    ("content", 550, "5.1.1 User unknown", BAD),
    # The sender. github.com/gophish/gophish/issues/2900, rss2email/rss2email/issues/147
    # github.com/eventum/eventum/issues/415: the same Message-ID again
    ("content", 554, "5.2.0 STOREDRV.Deliver.Exception:StoragePermanentException."
     "MapiExceptionDuplicateDelivery; Failed to process message due to a permanent exception with "
     "message Cannot submit message.", SENT),
    ("content", 554, "5.2.252 SendAsDenied; bo@outlook.com not allowed to send as "
     "thanks@example.org; STOREDRV.Submission.Exception:SendAsDeniedException."
     "MapiExceptionSendAsDenied; Failed to process message due to a permanent exception", FIX),
    ("content", 554, "5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException."
     "MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with "
     "message Cannot submit message.", FIX),
    ("content", 550, "5.7.60 SMTP; Client does not have permissions to send as this sender", FIX),
    ("content", 550, "5.1.0 Sender denied", FIX),
    # Yahoo, when From is another's (github.com/mattermost/mattermost/issues/13652)
    ("content", 550, "Request failed; Mailbox unavailable", FIX),
    ("content", 554, "DT:SUM 163 smtp8,DMCowACXvbGq1234567890,please see "
     "http://mail.163.com/help/help_spam_16.htm?ip=203.0.113.9&hostid=smtp8&time=1700000000", FIX),
    ("content", 554, "DT:SUM", FIX),
    ("content", 550, "MI:NHD", FIX),
    ("content", 550, "MI:IMF", FIX),
    # github.com/ministryofjustice/analytical-platform/issues/6944
    ("content", 554, "Access denied: User `arn:aws:iam::123456789012:user/certs' is not authorized "
     "to perform `ses:SendRawEmail' on resource `arn:aws:ses:eu-west-2:123456789012:identity/"
     "example.org'", FIX),
    # The account may not send any more
    ("content", 554, "MI:SPB", FIX),
    ("content", 550, "5.1.8 Access denied, bad outbound sender AS(42004)", FIX),
    # github.com/motze92/office365-mail/issues/11
    ("content", 550, "5.7.708 Service unavailable. Access denied, traffic not accepted from this "
     "IP. For more information please go to http://go.microsoft.com/fwlink/?LinkId=526653", FIX),
    ("content", 550, "5.7.705 Access denied, tenant has exceeded threshold", FIX),
    # github.com/DesertsP/Valine-Admin/issues/26; Youans/nodejs-nodemailer-outlook/issues/11
    ("content", 554, "5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process "
     "message due to a permanent exception with message WASCL UserAction verdict is not None. "
     "Actual verdict is HipNotify, ShowTierUpgrade.", FIX),
    ("content", 554, "5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process "
     "message due to a permanent exception with message WASCL UserAction verdict is not None. "
     "Actual verdict is RefuseQuota, ShowTierUpgrade.", PAUSE),
    # github.com/GoodDollar/GoodServer/issues/419
    ("content", 554, "Message rejected: Sending paused for this account. For more information, "
     "please check the inbox of the email address associated with your AWS account.", FIX),
    ("content", 550, "Suspected spam sender", FIX),
    # The content, or what the domain says of itself
    ("content", 550, "MI:SPF", FIX),
    ("content", 550, "MI:DMA", FIX),
    ("content", 451, "DT:SPM ,please try again", RETRY),
    ("content", 552, "Illegal Attachment", FIX),
    ("content", 550, "DMARC check failed http://service.mail.qq.com/cgi-bin/help?subtype=1&&no="
     "1001508&&id=16", FIX),
    ("content", 554, "5.7.9 Message not accepted for policy reasons. See "
     "https://postmaster.yahooinc.com/error-codes", FIX),
    # github.com/docusealco/docuseal/issues/524
    ("content", 550, "5.7.9 This mail has been blocked because the sender is unauthenticated. "
     "Yahoo requires all senders to authenticate with either SPF or DKIM.", FIX),
    # github.com/dart-mailer/mailer/issues/235
    ("content", 554, "Message not allowed - [299]", FIX),
    ("content", 554, "5.7.1 [CS01] Message rejected due to local policy. Please visit "
     "https://support.apple.com/en-us/HT204137", FIX),
    ("content", 552, "5.7.0 This message was blocked because its content presents a potential "
     "security issue. - gsmtp", FIX),
    ("content", 554, "5.6.0 Mail message is malformed. Not accepted. - gsmtp", FIX),
    # Too much
    ("content", 450, "MI:CEL", PAUSE),
    ("content", 451, "MI:DMC 163 gzga-smtp-mtada-g0-3,_____wA3YOjZJEpouIVyHg--.2947S13 1749689566 "
     "http://mail.163.com/help/help_spam_16.htm?ip=203.0.113.9", PAUSE),
    ("content", 550, "MI:STC", PAUSE),
    ("content", 550, "5.7.1 Daily SMTP relay limit exceeded for customer. - gsmtp", PAUSE),
    ("content", 554, "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed "
     "to process message due to a permanent exception", PAUSE),
    # forums.cpanel.net/threads/email-quota.697029
    ("content", 550, "Domain example.org has exceeded the max emails per hour (500/500 (100%)) "
     "allowed. Message discarded.", PAUSE),
]  # fmt: skip
