import { isRefusal, type Refusal } from '../host';
import { texts } from '../texts';

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';

interface Toast {
  id: number;
  text: string;
  fault: boolean;
}

const TOAST_MILLISECONDS = 7000;

/** What the window tells the person outside the study itself: messages, faults, questions. */
export class Notices {
  toasts = $state.raw<Toast[]>([]);
  invalid = $state.raw<Refusal | null>(null);
  question = $state.raw<{ name: string; answer: (answer: UnsavedAnswer) => void } | null>(null);
  #next = 1;

  say(text: string, fault = false): void {
    const toast = { id: this.#next++, text, fault };
    this.toasts = [...this.toasts.filter((other) => other.text !== text), toast].slice(-3);
    setTimeout(() => this.dismiss(toast.id), TOAST_MILLISECONDS);
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Takes away what was only news; faults stay until they are read. */
  quiet(): void {
    this.toasts = this.toasts.filter((toast) => toast.fault);
  }

  report(thrown: unknown): void {
    if (isRefusal(thrown) && thrown.code === 'invalidStudy') this.invalid = thrown;
    else if (isRefusal(thrown)) this.say(thrown.message, true);
    else this.say(texts.notices.unexpected(String(thrown)), true);
  }

  askUnsaved(name: string): Promise<UnsavedAnswer> {
    this.question?.answer('cancel');
    return new Promise((resolve) => {
      this.question = {
        name,
        answer: (answer) => {
          this.question = null;
          resolve(answer);
        },
      };
    });
  }
}
