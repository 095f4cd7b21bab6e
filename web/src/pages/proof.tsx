// The link of a proof: nobody is logged in; the office sees what residents will see of it, and confirms or corrects it.
import { api } from '../app/api.ts';
import { useLoad } from '../app/load.ts';
import { t } from '../app/words.ts';
import type { ProofView } from '../model.ts';
import { Refusal, Skeleton, Tel, Title } from '../parts/basic.tsx';
import { ProofFacts, ProofForm, ProofState } from '../parts/proof.tsx';

export default function ProofPage({ token }: { token: string }) {
  const proof = useLoad(`proof-${token}`, () => api<ProofView>(`/proofs/${token}`, { quiet401: true }));
  if (!proof.data)
    return (
      <div class="page narrow">
        <Title text={t('proof.title')} />
        {proof.problem ? <Refusal problem={proof.problem} again={() => void proof.again()} /> : <Skeleton lines={6} />}
      </div>
    );
  const { data } = proof;
  return (
    <div class="page narrow">
      <Title text={data.facility.name} />
      <p>{t('proof.letter_text', { region: data.region })}</p>
      <ProofFacts proof={data} />
      {data.answered_at ? <ProofState proof={data} /> : <ProofForm path={`/proofs/${token}`} onDone={proof.again} />}
      {data.answered_at && <p role="status">{t('proof.thanks')}</p>}
      {data.desk_phone && (
        <p>
          {t('proof.ask')} <Tel number={data.desk_phone} />
        </p>
      )}
    </div>
  );
}
