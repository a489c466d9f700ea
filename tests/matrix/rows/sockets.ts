import { acts } from '../table'

/**
 * Events of the socket. The address is the room she first enters (`room:join`); `act` is the event. Who is not let in
 * is refused the event like a room that is not there.
 */
export const SOCKETS = acts(`
	#               room              event           payload                                   G PX MW JTK FEUV CLD A B
	room:join       {room}            room:join       after=0                                   s ss ++ +++ ++++ +++ + +
	room:join       {roomOfA}         room:join       after=0                                   s ss .+ +.. ..++ ++. . .
	room:join       {circle}          room:join       after=0                                   s ss .+ +.. .... ... . .
	room:join       {privateRoom}     room:join       after=0                                   s ss .+ .+. .... ... . .
	room:join       {session}         room:join       after=0                                   s ss .+ ++. .... ... . .
	room:leave      {circle}          room:leave      -                                         s ss == === ==== === = =
	room:read       {circle}          room:read       seq=0                                     s ss .+ +.. .... ... . .
	room:read       {roomOfA}         room:read       seq=0                                     s ss .+ +.. ..++ ++. . .
	room:state      {session}         room:state      -                                         s ss .+ ++. .... ... . .
	room:act        {session}         room:act        intent=lower                              s ss .+ ++. .... ... . .
	room:act        {session}         room:act        intent=pause                              s ss .x x+. .... ... . .
	hand:raise      {session}         hand:raise      -                                         s ss .+ ++. .... ... . .
	hand:lower      {session}         hand:lower      -                                         s ss .+ ++. .... ... . .
	room:typing     {privateRoom}     room:typing     -                                         s ss .x .x. .... ... . .
	room:typing     {circle}          room:typing     -                                         s ss .x x.. .... ... . .
	room:signs      {privateRoom}     room:signs      -                                         s ss .+ .+. .... ... . .
	message:send    {circle}          message:send    body=Hello&key={new}                      s ss .+ +.. .... ... . .
	message:send    {privateRoom}     message:send    body=Hello&key={new}                      s ss .+ .+. .... ... . .
	message:send    {roomOfA}         message:send    body=Hello&key={new}                      s ss .+ +.. ..++ ++. . .
	message:edit    {circle}          message:edit    id={messageInCircle}&words=Else           s ss .+ x.. .... ... . .
	message:edit    {roomOfA}         message:edit    id={messageOfA}&words=Else                s ss .+ x.. ..xx xx. . .
	message:remove  {circle}          message:remove  id={messageInCircle}                      s ss .+ x.. .... ... . .
	message:remove  {privateRoom}     message:remove  id={messageInPrivate}                     s ss .+ .x. .... ... . .
	message:react   {circle}          message:react   id={messageInCircle}&kind=thanks          s ss .+ +.. .... ... . .
	message:react   {roomOfA}         message:react   id={messageOfA}&kind=thanks               s ss .+ +.. ..++ ++. . .
	message:wish    {roomOfA}         message:wish    id={messageOfA}&language=it               s ss .x +.. ..++ ++. . .
	message:look    {circle}          message:look    ids={messageInCircle}                     s ss .+ +.. .... ... . .
	message:older   {circle}          message:older   before=9                                  s ss .+ +.. .... ... . .
	message:older   {privateRoom}     message:older   before=9                                  s ss .+ .+. .... ... . .
	message:report  {circle}          message:report  id={messageInCircle}&reason=rude          s ss .. +.. .... ... . .
	message:report  {roomOfA}         message:report  id={messageOfA}&reason=rude               s ss .. +.. ..++ ++. . .
	message:report  {room}            message:report  id={messageInCircle}&reason=rude          s ss .. +.. .... ... . .
	message:edit    {room}            message:edit    id={messageInCircle}&words=Else           s ss .. ... .... ... . .
	message:react   {room}            message:react   id={messageInPrivate}&kind=thanks         s ss .. ... .... ... . .
`)
