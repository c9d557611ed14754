import type { previewAnswerSchema } from "../../../shared/contract/answers/preview-answer";
import type { GivenAnswer } from "../../../shared/contract/route-contract";
import type { Preview } from "../../../shared/domain/exports/preview";

export function presentPreview(preview: Preview): GivenAnswer<typeof previewAnswerSchema> {
  const { exportId, previewId } = preview;
  return {
    ...preview,
    ...preview.result,
    links: { self: `/exports/${exportId}/previews/${previewId}`, export: `/exports/${exportId}` },
  };
}
