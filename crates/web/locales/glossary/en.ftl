# Words: what each reading of POS and each word of this site means.

glossary-title = Glossary
glossary-lead = What the words of this site mean, and what the three letters POS stand for.
glossary-readings = What POS is
glossary-readings-lead = The abbreviation is read in many ways. Here are all the readings that people and documents use: what it is, what it does, and where it is on this site. “Ahead” means: not in this version yet.
glossary-home = Glossary: all meanings of POS
glossary-terms = Words of this site
glossary-works = Works
glossary-partly = Works in part
glossary-ahead = Ahead

pos-title = POS: write to the authorities
pos-lead = POS is short for “feedback platform” in Russian. People use it to write to agencies: to complain, propose, ask and apply. This platform is called Okno, “window”.
pos-file = File an appeal
pos-how = How to file an appeal
pos-steps =
    + Choose what you need: to complain, propose, ask or apply.
    + Answer the questions, one a page. The draft is kept by itself.
    + Check what you wrote and send it. You get a number at once, and the date by which an answer is due.
    + Follow the appeal in your cabinet or by its number. We tell you of every step.
    + Read the answer. If it did not help, rate it or object: the unit above will consider the objection.
pos-two = An appeal and a message are not the same
pos-two-appeal = If you signed in and gave your name, it is an appeal under law 59-FZ: it is registered, and an answer must be given in time, usually within 30 days.
pos-two-message = Without signing in you send a message. It is worked on in the same way, but the terms of 59-FZ do not apply to it.
pos-country = The national platform
pos-country-text = There is a platform of feedback for all of Russia too. It is another site; one signs in there with the national account.
pos-country-go = Go to the national platform
pos-other = Other meanings
pos-other-text = The same letters name a portal of services, a point of sale, a payment service and more. All meanings are in the glossary.

pos-go-file = File an appeal
pos-go-services = All services
pos-go-status = Check status by number
pos-go-cabinet = My cabinet
pos-go-notices = Notices
pos-go-register = Public register
pos-go-verify = Check a proof
pos-go-api = For developers

pos-feedback = Платформа обратной связи
pos-feedback-en = Feedback platform
pos-feedback-what = The place from which people write to the authorities and where they get the answer. This is what POS mostly means.
pos-feedback-does =
    - takes complaints, proposals, requests and applications
    - passes an appeal to those who are responsible
    - tells of every step and shows the answer
pos-public-online = Публичный онлайн-сервис
pos-public-online-en = Public online service
pos-public-online-what = Everything that an agency does for people through a site: services, appeals, open information.
pos-public-online-does =
    - shows services and what they need
    - takes appeals without a queue, at any hour
    - shows how the problems of others are solved
pos-personal = Персональный онлайн-сервис, персональная онлайн-система
pos-personal-en = Personal online service
pos-personal-what = The part of the site that is yours alone: the cabinet with your appeals.
pos-personal-does =
    - keeps your appeals, answers and documents
    - fills in forms with what is known of you already
    - sends notices in the way you chose
pos-portal = Портал государственных онлайн-услуг, портал онлайн-сервисов
pos-portal-en = Portal of public online services
pos-portal-what = One door to the services of all agencies.
pos-portal-does =
    - lists the services of different agencies in one place
    - leads step by step to the right form
    - has one sign-in for all services
pos-prompt = Портал оперативного сервиса
pos-prompt-en = Portal of prompt service
pos-prompt-what = The place to learn quickly what is happening with a request.
pos-prompt-does =
    - shows the state by the number of the appeal
    - names who has the appeal and by when it is answered
    - explains where that date comes from
pos-operator = Публичный оператор сервиса
pos-operator-en = Public operator of a service
pos-operator-what = Whoever takes appeals in and passes each to the right unit.
pos-operator-does =
    - finds the subject and the unit by rules
    - keeps why an appeal went where it did
    - passes it on if it went to the wrong place
pos-special = Специальная система для обращений и жалоб
pos-special-en = Special system for appeals and complaints
pos-special-what = A system in which every complaint has a number, a term and somebody responsible.
pos-special-does =
    - registers an appeal at once and gives it a number
    - watches terms and warns of them
    - shows appeals and answers to all, without personal data
pos-open-portal = Портал открытых сервисов
pos-open-portal-en = Portal of open services
pos-open-portal-what = A site whose services both people and other programs can use.
pos-open-portal-does =
    - describes services so that people and programs understand them
    - gives developers a documented interface
    - lets services be kept without a programmer
pos-open-platform = Платформа открытых сервисов
pos-open-platform-en = Platform of open services
pos-open-platform-what = The base on which agencies build their services.
pos-open-platform-does =
    - one sign-in, notices, terms and journal for all services
    - an interface for other systems; keys for programs are ahead
    - the source code is open
pos-open-service = «Открытая служба Госуслуг»
pos-open-service-en = Open Service of public services
pos-open-service-what = A service that works in full view: each of its acts can be checked.
pos-open-service-does =
    - keeps a journal from which no entry can be taken
    - gives everybody a proof of their own appeal
    - publishes the register; discussions and votes are ahead
pos-public-open = Публичный открытый сервис
pos-public-open-en = Public open service
pos-public-open-what = A service to which different providers can add services of their own.
pos-public-open-does =
    - an administrator adds and changes services on the site itself
    - registration of providers and discussion of drafts are ahead
pos-digital = Платформа цифровых государственных услуг
pos-digital-en = Platform of digital public services
pos-digital-what = A dependable base: nothing is lost and everything is protected.
pos-digital-does =
    - encrypts appeals and keeps who read them and when
    - makes backups and checks them
    - exchange with other state systems is ahead
pos-centre = «Центр обслуживания»
pos-centre-en = Service centre
pos-centre-what = One place for any service: on the site, by telephone or in person.
pos-centre-does =
    - the same services and one number of an appeal, wherever you filed it
    - a cabinet with appeals and notices
    - appointments and an electronic queue are ahead
pos-poll = Публичный опросный сервис
pos-poll-en = Public survey service
pos-poll-what = Surveys and votes of residents.
pos-poll-does =
    - surveys on the quality of services
    - votes on local matters, counted in the open
pos-acts = Постановления Правительства
pos-acts-en = Resolutions of the Government
pos-acts-what = Acts of the Government are shortened to the same letters.
pos-acts-does =
    - a search in acts and the versions in force
    - plain words on whom an act concerns
pos-point = Точка обслуживания
pos-point-en = Service point
pos-point-what = A window, a desk or a terminal where people are served; it may be virtual.
pos-point-does =
    - addresses, hours and how busy it is
    - the services given there
pos-payment = Платёжный онлайн-сервис, платёжный операционный сервис
pos-payment-en = Online payment service
pos-payment-what = Payment of duties, fines and services through the site.
pos-payment-does =
    - charges and receipts
    - confirmation of payment and refunds
pos-sale = Точка продаж: POS-модуль, POS-терминал
pos-sale-en = Point of sale: POS module, POS terminal
pos-sale-what = A device or a program that takes payment by card or in cash and prints a receipt.
pos-sale-does =
    - payment on the spot
    - a receipt and the day's reconciliation

term-appeal = Appeal
term-appeal-what = A complaint, proposal, request or application that you sent. If you signed in and gave your name, law 59-FZ applies to it.
term-message = Message
term-message-what = An appeal sent without signing in. It is worked on in the same way, but the terms of 59-FZ do not apply.
term-kind = Kind of appeal
term-kind-what = A complaint, a proposal, a request for information, an application and others. What the form asks depends on it.
term-number = Number
term-number-what = The name of your appeal, like A-2026-00000042-5. Its last digit tells whether there is a typing mistake.
term-code = Return code
term-code-what = Sixteen characters given to those who filed without signing in. With the number and the code you open the appeal on any device. We do not store it; if it is lost, the reception gives a new one.
term-draft = Draft
term-draft-what = An appeal that was begun and not sent. Signed in, it is kept for thirty days after the last change; without signing in, for twelve hours on the same device.
term-case = Page of the appeal
term-case-what = One page with all that happens: stages, due date, messages, answer, history.
term-stage = State
term-stage-what = Where the appeal is now: received, being checked, in work, waiting for documents, in approval, answer ready, finished.
term-due = Due date
term-due-what = The day by which an answer is given. It is counted by law and by the working calendar; the page “Why this date?” shows how.
term-unit = Unit
term-unit-what = The department of an agency that deals with your matter.
term-specialist = Specialist
term-specialist-what = The member of staff who prepares the answer.
term-agreement = Agreement
term-agreement-what = A head checks and approves the answer. Nobody may approve their own.
term-register = Public register
term-register-what = A list of appeals without personal data that everybody may see.
term-journal = Journal
term-journal-what = A record of every act. No line can be taken out or rewritten unseen.
term-receipt = Receipt
term-receipt-what = A signed file: that the appeal was written into the log, under which number and when. The paper that it was taken in, with the due date, is the printed receipt.
term-proof = Proof
term-proof-what = A file by which anybody can check that the record of the appeal is in the journal and was not changed. It can be checked without us too.
term-checkpoint = Checkpoint
term-checkpoint-what = A signature under the whole journal at this moment. Its short form stands at the foot of every page.
