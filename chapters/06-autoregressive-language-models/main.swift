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
let corpus = page.orStop(
  try Corpus.chosen(
    by: options, root: root, stories: options.pick(quick: 300, usual: 8000, full: 20000),
    merges: merges, context: sizes.0))
let heldOut = StoryWorld().stories(
  options.pick(quick: 20, usual: 150, full: 400), seed: seed ^ Corpus.heldOut)

page.cell("text")
page.show(corpus.beginning)
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
let writing = Writing(corpus, seed: seed, mine: mine)
page.cell("before")
page.show(Note("Before training", lines: [writing.line(model)]))

// MARK: Pre-training

let counting = (1...3).map {
  KneserNey(order: $0, vocabulary: corpus.vocabulary, text: corpus.training)
}
let plan = PretrainingPlan(
  steps: options.pick(quick: 12, usual: 1000, full: 5000),
  batch: options.pick(quick: 4, usual: 8, full: 8))
let run = Pretraining(model, plan, seed: seed)
let runFile = RunFile(
  path: root
    + "/.build/chapter6/pretraining-\(options.pick(quick: "quick", usual: "usual", full: "full")).safetensors",
  identity: "\(corpus.description), seed \(seed), \(plan.steps) steps of \(plan.batch)")
if options.has("--resume") { page.orStop(try runFile.load(into: run)) }
let bareStep = BareStep(
  model, (0..<plan.batch).map { Array(corpus.training[$0 * sizes.0...($0 + 1) * sizes.0]) })
page.orStop(try run.run(on: corpus, keptIn: runFile, writing, beside: bareStep, of: page))
let ladder = Ladder(corpus, counting: counting, gpt: model.meanLoss(windows))

page.cell("pretraining")
page.show(run.plot(beside: ladder))
if let exportFolder {
  page.orStop(try exportFolder.write(model, corpus.tokenizer))
  notice("The model is in \(exportFolder.path), for GPT2LMHeadModel.from_pretrained.")
}
page.value("pretraining.steps", plan.steps)
page.value("pretraining.seconds", run.seconds, as: .seconds)
page.value("pretraining.speed", run.tokensPerSecond, as: .whole)
page.value("pretraining.share", bareStep.share(of: run), as: .percent(0))

page.cell("ladder")
page.show(ladder.table)
claimLadder(page, ladder, timesRead: run.timesRead(corpus.training))

// MARK: Writing

page.cell("writing")
page.show(writing.samples(run))
let speed = WritingSpeed(model, texts: 8)
page.value("writing.one", speed.one, as: .whole)
page.value("writing.many", speed.many, as: .whole)
page.value("writing.uncached", speed.uncached, as: .whole)
page.value("writing.gain", speed.one / speed.uncached, as: .whole)

// MARK: Facts

let facts = FactStudy(heldOut, corpus, trigram: counting[2], gpt: model)
page.cell("facts")
page.show(facts.table)
page.value("facts.stories", facts.ends)
page.value("facts.where.lead", 100 * facts.recall.lead, as: .decimals(1))
page.value("facts.where.uncertainty", 100 * facts.recall.uncertainty, as: .decimals(1))
page.value("facts.hard.stories", facts.recall.hard.count)
claimFacts(page, facts)

let look = PlaceLook(facts.activities[0], model, corpus, mine: mine)
page.cell("attention")
page.show(look.heatmap)
if let mine { page.print(mine.report) }
page.value("attention.head", look.name, orAsGood: look.asGood)
page.value("attention.from", look.tokens.from)
page.value("attention.to", look.tokens.to)
page.value("attention.weight", look.weight, as: .percent(0))
page.value("attention.even", look.evenWeight, as: .percent(0))

// MARK: Scaling

let widths: [Int] = options.pick(quick: [16, 32], usual: [16, 32, 64], full: [16, 32, 64, 128])
let parts: [Int] = options.pick(quick: [5, 1], usual: [512, 64, 1], full: [512, 64, 8, 1])
let gridSteps: Int = options.pick(quick: 6, usual: 70, full: 500)
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
claimScaling(page, scaling)

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
claimTransfer(page, comparison)

// MARK: The leak

let leak = page.orStop(
  try LeakExperiment(
    corpus, steps: options.pick(quick: 4, usual: 350, full: 1000), seed: seed))
page.cell("leak")
page.show(leak.table)
page.show(leak.texts)
claimLeak(page, leak)

page.finish()
