import CourseData
import Foundation
import TensorCore

/// Where fine-tuning in the clinic starts.
enum Start: String, CaseIterable {
  /// Random weights.
  case scratch = "from scratch"
  /// An encoder that was trained with labels on the course's pictures of things.
  case supervised = "supervised on things"
  /// SimCLR on the things, without their labels.
  case things = "SimCLR on things"
  /// After that SimCLR on the clinic's pictures.
  case clinic = "+ SimCLR on clinic"
  /// After that MICLe on the clinic's patients, in place of the last part of SimCLR.
  case patients = "+ MICLe"
}

/// How much the stages of the pipeline train.
struct MedicalPlan {
  /// The channels of the encoder's first block.
  var width = 16
  /// The steps on pictures of things, with labels or without.
  var thingSteps: Int
  /// The steps of SimCLR on the clinic's pictures.
  var clinicSteps: Int
  /// The steps of MICLe; the branch without MICLe goes on with SimCLR for as many.
  var patientSteps: Int
  /// The steps of fine-tuning.
  var tuningSteps: Int
  /// The pairs of a batch.
  var batch = 64
  /// How many pictures of things there are.
  var things = 3000

  /// Contrastive training for a number of steps.
  func contrastive(_ steps: Int) -> ContrastivePlan {
    ContrastivePlan(steps: steps, batch: batch, temperature: 0.2)
  }

  /// How a pair's two views differ: SimCLR's augmentations, with crops that keep two fifths of the
  /// area or more, since a lesion is small.
  static let views = AugmentationSequence(
    RandomResizedCrop(area: 0.4...1), HorizontalFlip(),
    Sometimes(0.8, ColourJitter(strength: 0.8)), Sometimes(0.2, Grey()))

  /// Fine-tuning with colour, crop, blur, rotation and flip, the study's own.
  var tuning: FineTuningPlan {
    FineTuningPlan(
      steps: tuningSteps, batch: 32, learningRate: 1e-2,
      augmentation: AugmentationSequence(
        RandomResizedCrop(area: 0.5...1), HorizontalFlip(), RandomRotation(degrees: -45...45),
        Sometimes(0.8, ColourJitter(strength: 0.3)),
        Sometimes(0.3, GaussianBlur(deviation: 0.1...0.8))))
  }
}

/// The study's three steps up to fine-tuning: an encoder for each start.
///
///     random ─ SimCLR on things ─ SimCLR on the clinic ─┬─ SimCLR, as many steps more
///        └──── with labels on things                    └─ MICLe
struct MedicalPipeline {
  /// The encoder that each start gives; fine-tuning copies it.
  let encoders: [Start: ResidualEncoder]
  /// What MICLe's training looked like.
  let micle: PretrainingTrace
  /// What SimCLR's last part, beside MICLe, looked like.
  let simCLR: PretrainingTrace
  /// The time of all pre-training, in seconds.
  let seconds: Double

  /// Trains all encoders for one repetition.
  ///
  /// - Throws: what the trainings throw.
  init(_ set: ClinicSet, plan: MedicalPlan) throws {
    let start = Date()
    var random = Random(seed: set.seed, stream: 81)
    let things = PictureWorld.things.pictures(plan.things, seed: random.next())
    let model = ContrastiveModel(channels: 3, width: plan.width, using: &random)
    var encoders: [Start: ResidualEncoder] = [.scratch: model.encoder.clone()]
    encoders[.supervised] = try fineTune(
      model.encoder, on: things, plan: FineTuningPlan(steps: plan.thingSteps), seed: set.seed,
      title: "Supervised on things"
    ).encoder

    let thingViews = try ViewPairs(things, MedicalPlan.views, batch: plan.batch)
    try pretrain(
      model, plan: plan.contrastive(plan.thingSteps), seed: set.seed, title: "SimCLR on things"
    ) { thingViews.next(using: &$1) }
    encoders[.things] = model.encoder.clone()

    let clinic = set.everyone
    let clinicViews = try ViewPairs(clinic.pictures, MedicalPlan.views, batch: plan.batch)
    let patientPairs = try PatientPairs(
      clinic.pictures, of: clinic.patients, MedicalPlan.views, batch: plan.batch)
    try pretrain(
      model, plan: plan.contrastive(plan.clinicSteps), seed: set.seed + 1,
      title: "SimCLR on the clinic"
    ) { clinicViews.next(using: &$1) }

    let patientModel = model.clone()
    simCLR = try pretrain(
      model, plan: plan.contrastive(plan.patientSteps), seed: set.seed + 2,
      title: "SimCLR on the clinic, second part"
    ) { clinicViews.next(using: &$1) }
    encoders[.clinic] = model.encoder
    micle = try pretrain(
      patientModel, plan: plan.contrastive(plan.patientSteps), seed: set.seed + 2, title: "MICLe"
    ) { patientPairs.next(using: &$1) }
    encoders[.patients] = patientModel.encoder
    self.encoders = encoders
    seconds = Date().timeIntervalSince(start)
  }
}
