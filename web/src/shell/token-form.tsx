import { useEffect, useRef, useState } from 'preact/hooks';
import { onUnauthorized, send } from '../api/client.ts';

/** Asks for the server's token where it wants one. It becomes a cookie that scripts cannot read; nothing is kept here. */
export function TokenForm() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => onUnauthorized(() => dialog.current?.open === false && dialog.current.showModal()), []);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget as HTMLFormElement).get('token');
    const answer = await send('POST', '/v1/session', { token });
    if (answer.ok) location.reload();
    else setProblem(answer.problem.message);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="token-title">
      <form onSubmit={submit}>
        <h2 id="token-title">This server wants a token</h2>
        <p>It is what the setting `serve_token` of the server says.</p>
        <label class="field">
          Token
          <input name="token" type="password" autocomplete="current-password" required />
        </label>
        <p role="alert" class="field-problem">
          {problem}
        </p>
        <button type="submit" class="button button-main">
          Sign in
        </button>
      </form>
    </dialog>
  );
}
