import CourseData
import Foundation
import Notebook
import TensorCore

let page = Page.open(
  chapter: 6,
  data: [
    .named("stories", "stories that the program makes up"),
    .named("pages", "the course's own pages"),
    .file("any text in UTF-8; of a large one the first 4 MB"),
  ],
  options: [
    .flag("--resume", "go on with a pre-training that was stopped"),
    .value("--export", "FOLDER", "write the pre-trained model for Hugging Face transformers"),
  ],
  mine: "draw samples from your nucleus (6.3), the picture from your attention (6.2)")
let options = page.options
let seed = options.seed
let root = String(#filePath.prefix(upTo: #filePath.range(of: "/chapters/")!.lowerBound))
let exportFolder = page.orStop(try options["--export"].map { try ExportFolder($0) })
let sizes = options.pick(quick: (64, 32, 2), usual: (128, 128, 2), full: (128, 128, 2))
var random = Random(seed: seed)

// MARK: Text

let merges = options.pick(quick: 150, usual: 700, full: 700)
let corpus: Corpus
if options.isDataFile {
  let (text, isCut) = page.orStop(try TextFile.read(options.data))
  let name = options.data + (isCut ? ", the first 4 MB" : "")
  corpus = page.orStop(
    try .text(text, merges: merges, description: name, context: sizes.0))
} else if options.data == "pages" {
  corpus = page.orStop(
    try .text(
      TextFile.pages(root: root), merges: merges, description: "the course's pages",
      context: sizes.0))
} else {
  corpus = page.orStop(
    try .stories(
      options.pick(quick: 300, usual: 8000, full: 20000), seed: seed, merges: merges,
      context: sizes.0))
}
let heldOut = StoryWorld().stories(
  options.pick(quick: 20, usual: 150, full: 400), seed: seed ^ Corpus.heldOut)

page.cell("text")
let firstLine = corpus.validation.prefix { $0 != Corpus.endOfLine }.prefix(60)
page.show(
  Note(
    "The beginning of the held-out text, and its tokens",
    lines: [
      corpus.text(firstLine), "",
      firstLine.map { corpus.text([$0]).replacing(" ", with: "␣") }.joined(separator: "|"),
    ]))
if options.isDataFile { page.print("From " + corpus.description + ".") }
page.value("tokens", corpus.training.count)
page.value("vocabulary", corpus.vocabulary)
page.value("charactersPerToken", corpus.charactersPerToken, as: .decimals(2))

// MARK: The model, untrained

let modelSizes = GPTSizes(
  vocabulary: corpus.vocabulary, context: sizes.0, width: sizes.1, layers: sizes.2)
let model = GPT(modelSizes, using: &random)
let windows = corpus.validationWindows(sizes.0)
page.value("parameters", model.parameterCount)
page.value("loss.untrained", model.meanLoss(Array(windows.prefix(16))))
page.value("loss.uniform", log(Double(corpus.vocabulary)))

let mine = options.isMine ? Mine() : nil
let nucleusSampling = Sampling(topP: 0.9, nucleus: mine.map { mine in { mine.nucleus($0, $1) } })
/// A text from the beginning of a line, up to its end or 180 characters.
func sample(_ model: GPT, _ sampling: Sampling) -> String {
  var random = Random(seed: seed ^ 0x7E87)
  let tokens = model.continuations(
    of: [Corpus.endOfLine], count: 1, sampling: sampling, using: &random)[0]
  let line = corpus.text(tokens.prefix { $0 != Corpus.endOfLine })
  return line.count > 180 ? line.prefix(180) + " …" : line
}
page.cell("before")
page.show(Note("Before training", lines: [sample(model, nucleusSampling)]))

// MARK: Pre-training

let counting = (1...3).map {
  KneserNey(order: $0, vocabulary: corpus.vocabulary, text: corpus.training)
}
let plan = PretrainingPlan(
  steps: options.pick(quick: 12, usual: 1700, full: 5000),
  batch: options.pick(quick: 4, usual: 8, full: 8))
let run = Pretraining(model, plan, seed: seed)
let runFile = RunFile(
  path: root
    + "/.build/chapter6/pretraining-\(options.pick(quick: "quick", usual: "usual", full: "full")).safetensors",
  identity: "\(corpus.description), seed \(seed), \(plan.steps) steps of \(plan.batch)")
if options.has("--resume") { page.orStop(try runFile.load(into: run)) }
/// A line for the reader, beside the page.
func notice(_ text: String) {
  Progress.hide()
  FileHandle.standardError.write(Data("\(text)\n".utf8))
}
var isKept = true
func keep() {
  do { try runFile.save(run) } catch {
    // A course on a disk that cannot be written to can still be read and run.
    if isKept { notice("No checkpoint is kept: \(error)") }
    isKept = false
  }
}
let bareStep = BareStep(
  model, (0..<plan.batch).map { Array(corpus.training[$0 * sizes.0...($0 + 1) * sizes.0]) })
page.orStop(
  try page.completing { isToStop in
    try run.run(on: corpus, until: isToStop, pause: { bareStep.measure(6) }) { _ in
      if run.earlySample.isEmpty { run.earlySample = sample(model, nucleusSampling) }
      keep()
    }
    if isToStop() && !run.isDone {
      keep()
      if isKept { notice("Step \(run.step) is kept: the same command with --resume goes on.") }
    }
  })
if run.isDone && bareStep.secondsPerStep == 0 { bareStep.measure(6) }
let ladder = Ladder(corpus, counting: counting, gpt: model.meanLoss(windows))

page.cell("pretraining")
page.show(
  LinePlot(
    "Pre-training", xLabel: "step", yLabel: "nats per token",
    series: [
      Series("training", x: run.points.map(\.step), y: run.points.map(\.training)),
      Series("validation", x: run.points.map(\.step), y: run.points.map(\.validation)),
    ],
    references: [
      ReferenceLine("bigram", ladder.loss("bigram")),
      ReferenceLine("trigram", ladder.loss("trigram")),
    ]))
if let exportFolder {
  page.orStop(try exportFolder.write(model, corpus.tokenizer))
  notice("The model is in \(exportFolder.path), for GPT2LMHeadModel.from_pretrained.")
}
page.value("pretraining.steps", plan.steps)
page.value("pretraining.seconds", run.seconds, as: .seconds)
page.value(
  "pretraining.speed",
  Double(plan.steps * plan.batch * sizes.0) / max(run.seconds, 1e-9), as: .whole)
page.value(
  "pretraining.share",
  bareStep.secondsPerStep * Double(plan.steps) / max(run.seconds, 1e-9), as: .percent(0))

page.cell("ladder")
page.show(ladder.table)
page.claim(
  "ladder", "A transformer predicts held-out text better than a smoothed trigram model.",
  paper: "not measured there; the paper gives no perplexity against counting models",
  here: "perplexity \(NumberStyle.decimals(2).text(ladder.perplexity("GPT"))) against "
    + NumberStyle.decimals(2).text(ladder.perplexity("trigram")),
  holds: ladder.loss("GPT") < ladder.loss("trigram"),
  whyNot: run.timesRead(corpus.training) < 20
    ? nil : "the text is so short that the network learns it by heart")

// MARK: Writing

page.cell("writing")
page.show(
  Note(
    "The same random numbers, from the beginning of a line",
    lines: [
      "After \(run.points[0].step) steps, top-p 0.9: " + run.earlySample, "",
      "Trained, top-p 0.9: " + sample(model, nucleusSampling), "",
      "Always the likeliest: " + sample(model, Sampling(temperature: 0)), "",
      "Temperature 1: " + sample(model, Sampling()), "",
      "Temperature 0.7, top-k 20: " + sample(model, Sampling(temperature: 0.7, topK: 20)), "",
      "Temperature 2: " + sample(model, Sampling(temperature: 2)),
    ]))
let speed = WritingSpeed(model, texts: 8)
page.value("writing.one", speed.one, as: .whole)
page.value("writing.many", speed.many, as: .whole)
page.value("writing.uncached", speed.uncached, as: .whole)
page.value("writing.gain", speed.one / speed.uncached, as: .whole)

// MARK: Facts

let places = FactProbe.places(in: heldOut)
let people = heldOut.compactMap(\.people.first)
let activityProbes = FactProbe.activities(places, people: people, tokenizer: corpus.tokenizer)
let placeProbes = FactProbe.whereabouts(heldOut, among: places, tokenizer: corpus.tokenizer)
let activityGPT = mean(activityProbes.map { $0.probability($0.scores(model)) })
let activityTrigram = mean(activityProbes.map { $0.probability($0.scores(counting[2])) })
let activityChance = mean(
  activityProbes.map { Double($0.right.count) / Double($0.candidates.count) })
let recall = PlaceRecall(placeProbes, model)
let whereTrigram = mean(
  placeProbes.map { $0.probe.isRight($0.probe.scores(counting[2])) ? 1 : 0 })

page.cell("facts")
page.show(
  Table(
    "What follows from the story",
    columns: [
      .text("model"), .number("P(what one does there)", decimals: 3),
      .number("right place at the end", decimals: 3),
    ],
    rows: [
      ["chance", .number(activityChance), .number(1 / Double(max(1, places.count)))],
      ["trigram", .number(activityTrigram), .number(whereTrigram)],
      ["the place named last", .empty, .number(recall.ruleShare)],
      ["GPT", .number(activityGPT), .number(recall.share)],
    ]))
page.value("facts.stories", placeProbes.count)
page.value("facts.where.lead", 100 * recall.lead, as: .decimals(1))
page.value("facts.where.uncertainty", 100 * recall.uncertainty, as: .decimals(1))
page.value("facts.hard.stories", recall.hard.count)
page.value("facts.hard", recall.hard.share)
let isStories = !options.isDataFile && options.data == "stories"
let noStories = "the model has read no stories"
page.claim(
  "facts", "The model knows what one does at the place just named.",
  paper: "not measured there",
  here: "\(NumberStyle.percent(0).text(activityGPT)) of the probability on what one does at that "
    + "place; the trigram \(NumberStyle.percent(0).text(activityTrigram))",
  holds: activityGPT > 2 * max(activityTrigram, activityChance),
  whyNot: !isStories
    ? noStories : options.isFull ? nil : "it comes late in training; --full has it")
page.claim(
  "whereabouts", "The model follows where people and things are, better than a rule of thumb.",
  paper: "not measured there",
  here: "\(NumberStyle.percent(1).text(recall.share)) right; the place named last "
    + "\(NumberStyle.percent(1).text(recall.ruleShare)); the difference is known to "
    + "±\(NumberStyle.decimals(1).text(100 * recall.uncertainty)) points",
  holds: recall.lead > recall.uncertainty,
  whyNot: !isStories
    ? noStories
    : -recall.lead > recall.uncertainty
      ? "the rule is better" : "the difference is within its uncertainty")

page.cell("attention")
let probe = activityProbes[0]
var watched: [Int] = probe.context
watched += probe.candidates[probe.right.min()!]
// A line's end, and all but the full stop, from which nothing of the story is asked.
watched = [Corpus.endOfLine] + Array(watched.dropFirst().dropLast().suffix(24))
let looks = model.attentionWeights(watched, mine: mine)
// The place stands before the context's full stop; after the full stop comes who does something.
let missing = probe.context.count + probe.candidates[probe.right.min()!].count - 1 - watched.count
let doer = max(1, probe.context.count - missing)
let placeToken = max(1, doer - 2)
let head = strongestLook(looks, from: doer, to: placeToken)
let labels = watched.map { token in
  token == Corpus.endOfLine
    ? "⏎" : corpus.text([token]).trimmingCharacters(in: .whitespaces)
}
page.show(
  Heatmap(
    "Block \(head.block + 1), head \(head.head + 1): where each token (row) looks",
    values: looks[head.block][head.head], rowLabels: labels, columnLabels: labels,
    rowsAre: "from", columnsAre: "to", range: 0...1, showsValues: false))
if let mine { page.print((["Your functions:"] + mine.notes).joined(separator: "\n")) }
// Heads begin as equals: which of them comes to look there is chance.
page.value("attention.head", headName(head), orAsGood: heads(of: looks).map(headName))
page.value("attention.from", labels[doer])
page.value("attention.to", labels[placeToken])
page.value(
  "attention.weight", looks[head.block][head.head][doer][placeToken], as: .percent(0))
page.value("attention.even", 1 / Double(doer + 1), as: .percent(0))

// MARK: Scaling

let widths: [Int] = options.pick(quick: [16, 32], usual: [16, 32, 64], full: [16, 32, 64, 128])
let parts: [Int] = options.pick(quick: [5, 1], usual: [512, 64, 1], full: [512, 64, 8, 1])
let gridSteps: Int = options.pick(quick: 6, usual: 120, full: 500)
let scaling = page.orStop(
  try ScalingGrid(corpus, widths: widths, parts: parts, steps: gridSteps, seed: seed))
page.cell("scaling")
page.show(scaling.table)
page.show(scaling.curves)
page.value("scaling.parameters", scaling.parameterExponent, as: .decimals(2))
page.value("scaling.compute", scaling.computeExponent, as: .decimals(2))
page.value("scaling.read", scaling.byData[0].tokensRead)
page.value(
  "scaling.enough", NumberStyle.whole.text(Double(scaling.enoughData().tokens)),
  orAsGood: [0, 0.04].map {
    NumberStyle.whole.text(Double(scaling.enoughData(within: $0).tokens))
  })
page.value("scaling.doubled", scaling.gainOfDoublingParameters, as: .percent(0))
page.value("scaling.secondHalf", scaling.gainOfSecondHalf, as: .percent(0))
page.claim(
  "scaling", "Loss falls with parameters and with compute.",
  paper: "straight lines in a log-log picture over many orders of magnitude (Kaplan et al. 2020)",
  here: "exponents \(NumberStyle.decimals(2).text(scaling.parameterExponent)) and "
    + NumberStyle.decimals(2).text(scaling.computeExponent),
  holds: scaling.parameterExponent > 0 && scaling.computeExponent > 0)
let losses = scaling.byData.map { NumberStyle.decimals(3).text($0.loss) }
page.claim(
  "data", "Loss falls with data.",
  paper: "a straight line, where the model is large enough (Kaplan et al. 2020)",
  here: "from \(NumberStyle.whole.text(Double(scaling.byData[0].tokens))) tokens on: "
    + losses.joined(separator: ", "),
  holds: scaling.fallsWithData,
  whyNot: "it falls up to \(NumberStyle.whole.text(Double(scaling.enoughData().tokens))) tokens; "
    + "after that these short runs lack steps, not text")

// MARK: Fine-tuning

let form = InputForm(vocabulary: corpus.vocabulary, context: sizes.0)
let labelCounts = options.pick(quick: [8], usual: [100], full: [30, 100, 300])
let tasks = options.seeds(options.isFull ? 3 : 1).map { seed in
  (
    seed: seed,
    tasks: TransferTask.all(
      corpus.tokenizer, form: form,
      counts: (labelCounts.max()!, options.pick(quick: 12, usual: 150, full: 200)), seed: seed)
  )
}
let results = page.orStop(
  try transfer(
    model, tasks, labels: labelCounts, steps: options.pick(quick: 2, usual: 60, full: 60)))
let comparison = TransferComparison(results, labels: labelCounts)
let untuned = tasks.map { likeliestChoice(model, $0.tasks[2], form: form) }
let bounded = tasks.map { boundedTruth(model, $0.tasks[1], form: form) }
page.cell("transfer")
let majorities = tasks[0].tasks.indices.map { number in
  mean(tasks.map { $0.tasks[number].majority })
}
page.show(comparison.table(majorities: majorities))
page.value("transfer.majority", mean(majorities), as: .percent(1))
page.value("transfer.scratch", comparison.average(isPretrained: false, lambda: 0), as: .percent(1))
page.value(
  "transfer.pretrained", comparison.average(isPretrained: true, lambda: 0), as: .percent(1))
page.value(
  "transfer.auxiliary", comparison.average(isPretrained: true, lambda: 0.5), as: .percent(1))
page.value("transfer.untuned", mean(untuned), as: .percent(0))
page.value("transfer.bounded", mean(bounded), as: .percent(0))
page.value(
  "transfer.entailment", comparison.average(of: "entailment", isPretrained: true), as: .percent(0))
let percent = NumberStyle.percent(1)
page.claim(
  "pretraining", "Pre-training makes fine-tuning better.",
  paper: "average 74.7 with, 59.9 without (Radford et al. 2018, table 5)",
  here: "average \(percent.text(comparison.average(isPretrained: true, lambda: 0.5))) with, "
    + "\(percent.text(comparison.average(isPretrained: false, lambda: 0.5))) without, both with L₁",
  holds: comparison.average(isPretrained: true, lambda: 0.5)
    > comparison.average(isPretrained: false, lambda: 0.5),
  whyNot: isStories ? nil : noStories)
let gain = comparison.auxiliaryGain
let signed = NumberStyle.decimals(1)
page.claim(
  "auxiliary", "The auxiliary language-model loss improves fine-tuning (a common summary).",
  paper: "it lowered the average, 74.7 with and 75.0 without; some tasks gained (table 5)",
  here: "average \(percent.text(comparison.average(isPretrained: true, lambda: 0.5))) with, "
    + "\(percent.text(comparison.average(isPretrained: true, lambda: 0))) without: "
    + "\(signed.text(100 * gain.mean)) ±\(signed.text(100 * gain.uncertainty)) points",
  holds: gain.mean > gain.uncertainty,
  whyNot: gain.mean < -gain.uncertainty
    ? "it lowers the average, as in the paper"
    : "the difference is within its uncertainty; the paper's own average fell")

// MARK: The leak

let leak = page.orStop(
  try LeakExperiment(
    corpus, steps: options.pick(quick: 4, usual: 350, full: 1000), seed: seed))
page.cell("leak")
page.show(leak.table)
page.show(
  Note(
    "What they write, top-p 0.9",
    lines: ["sound mask: " + leak.sound.text, "", "mask off by one: " + leak.leaking.text]))
page.claim(
  "leak", "A mask that is off by one gives a better loss and a worse model.",
  paper: "a known fault of programs, not of the paper",
  here: "loss \(NumberStyle.decimals(2).text(leak.leaking.loss)), and "
    + "\(NumberStyle.decimals(2).text(leak.leaking.trueLoss)) when nothing can be seen ahead",
  holds: leak.leaking.loss < leak.sound.loss && leak.leaking.trueLoss > leak.sound.loss)

page.finish()
