export { addVendor } from './add.ts';
export { editVendor } from './edit.ts';
export { endVendor } from './end.ts';
export { reviewVendor } from './review.ts';
export { createVendor } from './write.ts';
export { vendorInput } from './record-input.ts';
