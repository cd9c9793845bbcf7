// The declaration, as a person meets it: by roles and names.
import { expect, type Locator, type Page } from "@playwright/test";

export type Question = "Effect" | "Scope" | "Urgency";

export class DeclareScreen {
  readonly title: Locator;
  readonly declare: Locator;
  /** Priority and handling, live, with the reason. */
  readonly verdict: Locator;
  readonly problem: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("textbox", { name: "What is broken?", exact: true });
    this.declare = page.getByRole("button", { name: "Declare incident", exact: true });
    this.verdict = page.getByRole("complementary");
    this.problem = this.verdict.getByRole("alert");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`./#/declare${query}`);
    await expect(this.title).toBeFocused();
  }

  /** The answer to a question that begins with these words. */
  answer(question: Question, begins: string): Locator {
    return this.page
      .getByRole("radiogroup", { name: question })
      .getByRole("radio", { name: new RegExp(`^${begins}`) });
  }

  /** Answers by the words that answers begin with; what is left out stays open. */
  async answers(effect?: string, scope?: string, urgency?: string): Promise<void> {
    if (effect) await this.answer("Effect", effect).check();
    if (scope) await this.answer("Scope", scope).check();
    if (urgency) await this.answer("Urgency", urgency).check();
  }

  /** From an open page to the incident's room. */
  async declares(title: string, ...answers: [effect?: string, scope?: string, urgency?: string]): Promise<void> {
    await this.open();
    await this.title.fill(title);
    await this.answers(...answers);
    await this.declare.click();
    await expect(this.page).toHaveURL(/#\/incident\/[0-9a-z]+$/);
  }
}

export const major = ["Cannot work", "Most", "Getting worse"] as const;
export const second = ["Work is hard", "Many", "Getting worse"] as const;
export const standard = ["A nuisance", "Few", "It can wait"] as const;
