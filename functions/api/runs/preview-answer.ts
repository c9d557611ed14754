import {
  previewAnswerSchema,
  type PreviewAnswer,
} from "../../../shared/contract/answers/preview-answer";
import type { Preview } from "../../../shared/domain/exports/preview";

export function previewPath({ exportId, previewId }: Preview): `/${string}` {
  return `/exports/${exportId}/previews/${previewId}`;
}

export function presentPreview(preview: Preview): PreviewAnswer {
  return previewAnswerSchema.parse({
    ...preview,
    ...preview.result,
    links: { self: previewPath(preview), export: `/exports/${preview.exportId}` },
  });
}
