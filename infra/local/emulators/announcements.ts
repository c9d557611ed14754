/** An event as it was put on a bus. */
interface AnnouncedEvent {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
}

/** A message as it was published to a topic, which mails it to its subscribers. */
interface AnnouncedMail {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
}

/** What the system told others; on AWS, rules and subscribers would get it. */
export interface Announcements {
  readonly events: AnnouncedEvent[];
  readonly mails: AnnouncedMail[];
}

export function createAnnouncements(): Announcements {
  return { events: [], mails: [] };
}
