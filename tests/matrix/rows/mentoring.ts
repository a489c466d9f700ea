import { acts } from '../table'

const WORDS = 'words=Something&language=en'
const MEETING = 'key={new}&date={day}&time=10:00&zone=Europe/Rome&minutes=30&how=voice'
const OFFER =
	'language1=en&level1=well&needs=jobSearch&zone=Europe/Rome&words=Hello&language=en&capacity=2&agree=yes'

export const MENTORING = acts(`
	#                          address                       act                  fields                                       G PX MW JTK FEUV CLD A B
	mentoring                  /mentoring                    -                    match={askedMatch}&move=up                   s .. == +== ==== === = =
	mentoring/ask              /mentoring/ask                -                    ${WORDS}&needs=jobSearch                     s .. ~~ ~~~ ~~~~ ~~~ ~ ~
	mentoring/ask              /mentoring/ask                stop                 -                                            s .. ++ +++ ++++ +++ + +
	mentoring/ask              /mentoring/ask                -                    mentor={mentorK}&needs=jobSearch&${WORDS}&key={new} s .. ++ ~+. ++++ ++~ ~ ~
	mentoring/ask              /mentoring/ask                -                    mentor={memberW}&needs=jobSearch&${WORDS}&key={new} s .. .. ... .... ... . .
	mentoring/offer            /mentoring/offer              -                    ${OFFER}                                     s .. ++ +++ ++++ +++ + +
	mentoring/offer            /mentoring/offer              pause                -                                            s .. .. .++ .... ... . .
	mentoring/offer            /mentoring/offer              resume               -                                            s .. .. .++ .... ... . .
	mentoring/training/:lesson /mentoring/training/role      -                    answer=a                                     s .. ~~ ~~~ ~~~~ ~~~ ~ ~
	mentoring/:match           /mentoring/{askedMatch}       accept               -                                            s .. .. x.+ .... ... . .
	mentoring/:match           /mentoring/{askedMatch}       decline              -                                            s .. .. x.+ .... ... . .
	mentoring/:match           /mentoring/{askedMatch}       yes                  -                                            s .. .. ~.~ .... ... . .
	mentoring/:match           /mentoring/{askedMatch}       no                   -                                            s .. .. ~.~ .... ... . .
	mentoring/:match           /mentoring/{askedMatch}       withdraw             -                                            s .. .. +.x .... ... . .
	mentoring/:match           /mentoring/{match}            settle               -                                            s .. .+ .x. .... ... . .
	mentoring/:match           /mentoring/{match}            pause                -                                            s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            resume               -                                            s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            end                  -                                            s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            propose-meeting      ${MEETING}                                   s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            agree-meeting        meeting={meeting}                            s .. .x .+. .... ... . .
	mentoring/:match           /mentoring/{match}            cancel-meeting       meeting={meeting}                            s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            add-goal             key={new}&${WORDS}                           s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            tick-goal            goal={goal}&done=yes                         s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            remove-goal          goal={goal}                                  s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            add-note             key={new}&${WORDS}                           s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            edit-note            note={note}&${WORDS}                         s .. .+ ... .... ... . .
	mentoring/:match           /mentoring/{match}            remove-note          note={note}                                  s .. .+ ... .... ... . .
	mentoring/:match           /mentoring/{match}            propose-interpreter  handle=Any+other                             s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            agree-interpreter    -                                            s .. .~ .~. .... ... . .
	mentoring/:match           /mentoring/{match}            end-interpreter      -                                            s .. .+ .+. .... ... . .
	mentoring/:match           /mentoring/{match}            feedback             mood=good                                    s .. .~ .~. .... ... . .
	mentoring/:match           /mentoring/{match}            look-again           -                                            s .. .~ .x. .... ... . .
	mentoring/:match           /mentoring/{otherMatch}       add-note             key={new}&${WORDS}                           s .. .. ..+ .... ... . .

	coordination/mentors       /coordination/mentors         approve              member={waitingOffer}&reference=Known        s .. .. ... .... ... ~ .
	coordination/mentors       /coordination/mentors         renew                member={mentorK}&reference=Known             s .. .. ... .... ... ~ .
	coordination/mentors       /coordination/mentors         pause                member={mentorK}&reference=Known             s .. .. ... .... ... + .
	coordination/mentors       /coordination/mentors         decline              member={waitingOffer}&reference=Known        s .. .. ... .... ... + .
	coordination/rounds        /coordination/rounds          -                    organisation=                                s .. .. ... .... ... + .
	coordination/rounds/:round /coordination/rounds/{round}  publish              -                                            s .. .. ... .... ... + .
	coordination/rounds/:round /coordination/rounds/{round}  drop                 -                                            s .. .. ... .... ... + .
	coordination/rounds/:round /coordination/rounds/{round}  why                  woman={waitingWoman}&handle=T+of+the+matrix  s .. .. ... .... ... + .
	coordination/rounds/:round /coordination/rounds/{round}  move                 woman={waitingWoman}&mentor=        s .. .. ... .... ... + .
	coordination/mentoring     /coordination/mentoring       -                    match={match}                                s .. .. ... .... ... . .
`)
