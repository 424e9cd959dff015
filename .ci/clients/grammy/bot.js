// A bot on grammY that knows nothing of Attaché; driven by ../drive.py.
// Called with the address of a Bot API, a token, and `poll` or `webhook`. Until SIGTERM.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import process from "node:process";

import { autoRetry } from "@grammyjs/auto-retry";
import { Bot, InlineKeyboard, InlineQueryResultBuilder, InputFile, webhookCallback } from "grammy";

const SECRET = "a-secret_of-this-bot";
const [api, token, mode] = process.argv.slice(2);

const bot = new Bot(token, {
  client: {
    apiRoot: api,
    // To a webhook the greeting is the answer itself.
    canUseWebhookReply: (method) => method === "sendMessage",
  },
});
bot.api.config.use(autoRetry());

const keyboard = (count) =>
  new InlineKeyboard().text("One more", `add:${count + 1}`).row().text("Finish", "finish");

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

async function download(ctx) {
  const file = await ctx.getFile();
  const response = await fetch(`${api}/file/bot${token}/${file.file_path}`);
  if (!response.ok) throw new Error(`no download: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

const digest = (data) => createHash("sha256").update(data).digest("hex");

bot.command("start", (ctx) =>
  ctx.reply(`Started with <code>${escaped(ctx.match)}</code>`, { parse_mode: "HTML" }));

bot.command("hello", (ctx) =>
  ctx.reply(`Hello, <b>${escaped(ctx.match)}</b>!`, { parse_mode: "HTML" }));

bot.command("count", (ctx) => ctx.reply("Counted: 0", { reply_markup: keyboard(0) }));

bot.callbackQuery(/^add:(\d+)$/, async (ctx) => {
  const count = Number(ctx.match[1]);
  await ctx.answerCallbackQuery(`${count} now`);
  await ctx.editMessageText(`Counted: ${count}`, { reply_markup: keyboard(count) });
});

bot.callbackQuery("finish", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "That was it", show_alert: true });
  await ctx.editMessageReplyMarkup();
});

bot.command("again", (ctx) => ctx.reply("Sent after all"));

bot.command("many", async (ctx) => {
  for (let number = 0; number < 8; number++) await ctx.reply(`No. ${number}`);
});

bot.on("message:photo", async (ctx) => {
  const data = await download(ctx);
  await ctx.replyWithPhoto(new InputFile(data, "photo.png"), { caption: digest(data) });
});

bot.on("message:document", async (ctx) => {
  const data = await download(ctx);
  await ctx.replyWithDocument(new InputFile(data, ctx.message.document.file_name), {
    caption: digest(data),
    reply_parameters: { message_id: ctx.message.message_id },
  });
});

bot.on("inline_query", (ctx) => {
  const { query } = ctx.inlineQuery;
  const results = [1, 2].map((number) =>
    InlineQueryResultBuilder.article(`${number}`, `${query} ${number}`)
      .text(`Found <i>${escaped(query)}</i> ${number}`, { parse_mode: "HTML" }));
  return ctx.answerInlineQuery(results, { cache_time: 0, is_personal: true });
});

bot.catch((error) => console.error(error));

await bot.api.setMyCommands([{ command: "hello", description: "greets" }]);
if (mode === "poll") {
  process.once("SIGTERM", () => bot.stop());
  await bot.start({ timeout: 10 });
} else {
  const server = createServer(webhookCallback(bot, "http", { secretToken: SECRET }));
  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, "127.0.0.1", async () => {
    const { port } = server.address();
    await bot.api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: SECRET });
  });
}
